// AWS::CloudFront::Distribution: what answers at the edge's port.
import { distribution } from '../gateway/cloudfront/distribution.ts';
import { cloudFrontOf } from '../gateway/cloudfront/distributions.ts';
import { refusedParts } from '../gateway/cloudfront/support.ts';
import { identifier } from '../gateway/identifiers.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::CloudFront::Distribution',
  honours: ['DistributionConfig'],
  ignores: { Tags: reasons.label },
  refuses: ({ properties }) => refusedParts(properties.DistributionConfig),
  async create(resource, host) {
    const id = `E${identifier(resource, 13).toUpperCase()}`;
    const domain = `d${identifier(resource, 13)}.cloudfront.net`;
    const origin = distribution(id, domain, resource.properties.DistributionConfig, host);
    cloudFrontOf(host).distributions.push(domain);
    host.origins.register(domain, origin);
    host.origins.setEdge(origin);
    return { ref: id, attributes: { Id: id, DomainName: domain } };
  },
};
