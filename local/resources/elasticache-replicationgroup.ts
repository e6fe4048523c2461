// AWS::ElastiCache::ReplicationGroup: the Redis of this host; its primary and its reader are the same server.
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Resource, ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::ElastiCache::ReplicationGroup',
  honours: ['ClusterMode', 'Engine', 'NumNodeGroups', 'ReplicationGroupId', 'TransitEncryptionEnabled'],
  ignores: {
    AtRestEncryptionEnabled: reasons.encryption,
    AutomaticFailoverEnabled: reasons.capacity,
    AutoMinorVersionUpgrade: reasons.maintenance,
    CacheNodeType: reasons.capacity,
    CacheParameterGroupName: reasons.server,
    CacheSubnetGroupName: reasons.network,
    EngineVersion: reasons.version,
    IpDiscovery: reasons.network,
    KmsKeyId: reasons.encryption,
    LogDeliveryConfigurations: reasons.watching,
    MultiAZEnabled: reasons.capacity,
    NetworkType: reasons.network,
    NumCacheClusters: reasons.capacity,
    Port: 'the server listens on a free port; PrimaryEndPoint.Port says which',
    PreferredCacheClusterAZs: reasons.network,
    PreferredMaintenanceWindow: reasons.maintenance,
    ReplicasPerNodeGroup: reasons.capacity,
    ReplicationGroupDescription: reasons.label,
    SecurityGroupIds: reasons.network,
    SnapshotRetentionLimit: reasons.backup,
    SnapshotWindow: reasons.backup,
    Tags: reasons.label,
    TransitEncryptionMode: reasons.network,
  },
  refuses,
  async create(resource, { backends }) {
    const { host, port } = await backends.redis();
    return {
      ref: String(resource.properties.ReplicationGroupId ?? physicalName(resource, 40)).toLowerCase(),
      attributes: {
        'PrimaryEndPoint.Address': host,
        'PrimaryEndPoint.Port': String(port),
        'ReadEndPoint.Addresses': [host],
        'ReadEndPoint.Ports': [String(port)],
        'ReaderEndPoint.Address': host,
        'ReaderEndPoint.Port': String(port),
      },
    };
  },
};

function refuses({ properties }: Resource): string[] {
  const { ClusterMode = 'disabled', Engine = 'redis', NumNodeGroups = 1, TransitEncryptionEnabled = false } = properties;
  return [
    ...(Engine === 'redis' || Engine === 'valkey' ? [] : [`Engine ${Engine}: only redis and valkey can be hosted here`]),
    ...(ClusterMode === 'disabled' && Number(NumNodeGroups) === 1
      ? []
      : ['The one Redis here is not a cluster: leave ClusterMode disabled and NumNodeGroups 1']),
    ...(String(TransitEncryptionEnabled) === 'true'
      ? ['TransitEncryptionEnabled: Redis speaks plaintext on loopback, a client with TLS would not connect. Switch TLS off in this stage']
      : []),
  ];
}
