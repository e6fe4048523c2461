// AWS::CloudFront::ResponseHeadersPolicy: headers that a behaviour sets on every answer.
import { cloudFrontOf } from '../gateway/cloudfront/distributions.ts';
import { headersPolicy } from '../gateway/cloudfront/headers-policy.ts';
import { identifier } from '../gateway/identifiers.ts';
import type { ResourceModule } from './resource.ts';

const HONOURED = ['Name', 'Comment', 'CorsConfig', 'CustomHeadersConfig', 'RemoveHeadersConfig', 'SecurityHeadersConfig'];

export const module: ResourceModule = {
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  honours: ['ResponseHeadersPolicyConfig'],
  ignores: {},
  refuses: ({ properties: { ResponseHeadersPolicyConfig } }) =>
    Object.keys(ResponseHeadersPolicyConfig)
      .filter((name) => !HONOURED.includes(name))
      .map((name) => `${name} of a response headers policy; honoured are ${HONOURED.join(', ')}.`),
  async create(resource, host) {
    const id = identifier(resource, 24);
    cloudFrontOf(host).headersPolicies.set(id, headersPolicy(resource.properties.ResponseHeadersPolicyConfig));
    return { ref: id, attributes: { Id: id } };
  },
};
