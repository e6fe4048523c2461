// AWS::ElastiCache::ParameterGroup
import { reasons } from './reasons.ts';
import { withoutEffect } from './without-effect.ts';

export const module = withoutEffect('AWS::ElastiCache::ParameterGroup', {
  CacheParameterGroupFamily: reasons.version,
  Description: reasons.label,
  Properties: reasons.server,
  Tags: reasons.label,
});
