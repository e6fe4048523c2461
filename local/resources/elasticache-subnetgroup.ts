// AWS::ElastiCache::SubnetGroup
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect(
  'AWS::ElastiCache::SubnetGroup',
  { Description: reasons.label, SubnetIds: reasons.network, Tags: reasons.label },
  'CacheSubnetGroupName',
);
