// AWS::CloudFront::OriginRequestPolicy: which headers, cookies and query strings the origin gets.
import { cloudFrontOf } from '../gateway/cloudfront/distributions.ts';
import { forwarding } from '../gateway/cloudfront/policies.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::CloudFront::OriginRequestPolicy',
  honours: ['OriginRequestPolicyConfig'],
  ignores: {},
  async create(resource, host) {
    const id = identifier(resource, 24);
    cloudFrontOf(host).originRequestPolicies.set(id, forwarding(resource.properties.OriginRequestPolicyConfig));
    return { ref: id, attributes: { Id: id } };
  },
};
