// AWS::MSK::Configuration: clusters refer to it by ARN and revision.
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::MSK::Configuration',
  honours: ['Name'],
  ignores: {
    Description: reasons.label,
    KafkaVersionsList: reasons.version,
    LatestRevision: reasons.server,
    ServerProperties: reasons.server,
  },
  async create(resource, { options }) {
    const name = String(resource.properties.Name ?? physicalName(resource, 64));
    const arn = `arn:aws:kafka:${options.region}:${options.account}:configuration/${name}/00000000-0000-0000-0000-000000000000-1`;
    return { ref: arn, attributes: { Arn: arn, 'LatestRevision.Revision': '1' } };
  },
};
