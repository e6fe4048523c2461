// AWS::RDS::DBSubnetGroup
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect(
  'AWS::RDS::DBSubnetGroup',
  { DBSubnetGroupDescription: reasons.label, SubnetIds: reasons.network, Tags: reasons.label },
  'DBSubnetGroupName',
);
