// AWS::ElastiCache::ServerlessCache: the Redis of this host, in plaintext; on AWS such a cache always wants TLS, which no property says.
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ElastiCache::ServerlessCache',
  honours: ['Engine', 'ServerlessCacheName'],
  ignores: {
    CacheUsageLimits: reasons.capacity,
    DailySnapshotTime: reasons.backup,
    Description: reasons.label,
    FinalSnapshotName: reasons.backup,
    KmsKeyId: reasons.encryption,
    MajorEngineVersion: reasons.version,
    NetworkType: reasons.network,
    SecurityGroupIds: reasons.network,
    SnapshotRetentionLimit: reasons.backup,
    SubnetIds: reasons.network,
    Tags: reasons.label,
  },
  refuses: ({ properties: { Engine } }) =>
    Engine === 'redis' || Engine === 'valkey' ? [] : [`Engine ${Engine}: only redis and valkey can be hosted here`],
  async create(resource, { backends, options }) {
    const name = String(resource.properties.ServerlessCacheName ?? physicalName(resource, 40)).toLowerCase();
    const { host, port } = await backends.redis();
    return {
      ref: name,
      attributes: {
        ARN: `arn:aws:elasticache:${options.region}:${options.account}:serverlesscache:${name}`,
        'Endpoint.Address': host,
        'Endpoint.Port': String(port),
        'ReaderEndpoint.Address': host,
        'ReaderEndpoint.Port': String(port),
      },
    };
  },
};
