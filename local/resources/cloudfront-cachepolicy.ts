// AWS::CloudFront::CachePolicy: what belongs to the cache key is what the origin gets; nothing is cached here.
import { cloudFrontOf } from '../gateway/cloudfront/distributions.ts';
import { cachePolicy } from '../gateway/cloudfront/policies.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::CloudFront::CachePolicy',
  honours: ['CachePolicyConfig'],
  ignores: {},
  async create(resource, host) {
    const id = identifier(resource, 24);
    cloudFrontOf(host).cachePolicies.set(id, cachePolicy(resource.properties.CachePolicyConfig));
    return { ref: id, attributes: { Id: id } };
  },
};
