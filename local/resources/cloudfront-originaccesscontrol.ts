// AWS::CloudFront::OriginAccessControl: how CloudFront signs its reads of a bucket; buckets here are open to this host.
import { identifier } from '../gateway/identifiers.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::CloudFront::OriginAccessControl',
  honours: [],
  ignores: { OriginAccessControlConfig: reasons.access },
  create: async (resource) => {
    const id = `E${identifier(resource, 13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id } };
  },
};
