// AWS::MSK::Cluster: the Kafka broker of this host. Handlers ask MSK's control API for its address.
import { createHash } from 'node:crypto';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { ResourceModule } from './resource.ts';

export const module: ResourceModule = {
  type: 'AWS::MSK::Cluster',
  honours: ['ClusterName'],
  ignores: {
    BrokerNodeGroupInfo: reasons.network,
    ClientAuthentication: reasons.access,
    ConfigurationInfo: reasons.server,
    EncryptionInfo: reasons.encryption,
    EnhancedMonitoring: reasons.watching,
    KafkaVersion: reasons.version,
    LoggingInfo: reasons.watching,
    NumberOfBrokerNodes: reasons.capacity,
    OpenMonitoring: reasons.watching,
    Rebalancing: reasons.capacity,
    StorageMode: reasons.capacity,
    Tags: reasons.label,
  },
  async create(resource, { backends, options }) {
    if (!options.kafka)
      throw new Error('Kafka is switched off for this host: start it without --no-kafka, or let the stage use the transport sqs');
    await backends.kafka();
    const name = String(resource.properties.ClusterName ?? physicalName(resource, 64));
    const arn = `arn:aws:kafka:${options.region}:${options.account}:cluster/${name}/${clusterId(name)}`;
    return { ref: arn, attributes: { Arn: arn } };
  },
};

/** A UUID with the number that MSK appends, the same at each start. */
function clusterId(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20, 32)}-1`;
}
