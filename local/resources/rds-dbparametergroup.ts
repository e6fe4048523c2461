// AWS::RDS::DBParameterGroup
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect(
  'AWS::RDS::DBParameterGroup',
  { Description: reasons.label, Family: reasons.version, Parameters: reasons.server, Tags: reasons.label },
  'DBParameterGroupName',
);
