// What database, cache, Kafka and secrets cost while nobody uses them.
import type { Line } from '../line.ts';
import { HOURS, unknown } from '../price.ts';
import { memories, processors } from '../prices/data.ts';
import { priceOf, prices } from '../prices.ts';
import type { Resource } from '../resource.ts';

const hours = { n: HOURS, of: 'h' };

/** A standby in another zone costs as much as the instance, its storage too. */
const zonesOf = ({ properties }: Resource) => (properties.MultiAZ === true ? 2 : 1);

export const databases = (instances: readonly Resource[]): Line[] =>
  instances.flatMap((instance) => {
    const type = String(instance.properties.DBInstanceClass);
    const zones = zonesOf(instance);
    return [
      { what: `MySQL ${type}${zones === 2 ? ' with standby' : ''}`, quantities: [{ n: zones }, hours], price: priceOf(type) },
      {
        what: 'its storage',
        quantities: [{ n: zones }, { n: Number(instance.properties.AllocatedStorage), of: 'GB' }],
        price: prices.databaseStorage,
      },
    ];
  });

/** Billed by the processors of the instance behind it. */
export function proxies(all: readonly Resource[], instances: readonly Resource[]): Line[] {
  const type = String(instances[0]?.properties.DBInstanceClass);
  const cpus = processors[type];
  const price = cpus === undefined ? unknown(`RDS Proxy before ${type}`, 'vCPU-h', prices.databaseProxy.page) : prices.databaseProxy;
  return [{ what: 'RDS Proxy', quantities: [{ n: all.length }, { n: cpus ?? 1, of: 'vCPU' }, hours], price }];
}

export const caches = (groups: readonly Resource[]): Line[] =>
  groups.flatMap(({ properties }) => {
    const type = String(properties.CacheNodeType);
    const memory = memories[type];
    return [
      { what: `Valkey ${type}`, quantities: [{ n: Number(properties.NumCacheClusters) }, hours], price: priceOf(type) },
      {
        what: 'its snapshots, when it is full',
        quantities: [{ n: Number(properties.SnapshotRetentionLimit ?? 0) }, { n: memory ?? 1, of: 'GB' }],
        price: memory === undefined ? unknown(`snapshots of ${type}`, 'GB-month', prices.cacheSnapshot.page) : prices.cacheSnapshot,
      },
    ];
  });

export const clusters = (all: readonly Resource[]): Line[] =>
  all.flatMap(({ properties }) => {
    const { InstanceType, StorageInfo } = properties.BrokerNodeGroupInfo;
    const brokers = { n: Number(properties.NumberOfBrokerNodes) };
    const level = properties.EnhancedMonitoring ?? 'DEFAULT';
    const storage = { n: Number(StorageInfo.EBSStorageInfo.VolumeSize), of: 'GB' };
    return [
      { what: `Kafka, ${InstanceType}`, quantities: [brokers, hours], price: priceOf(InstanceType) },
      { what: 'storage of the brokers', quantities: [brokers, storage], price: prices.kafkaStorage },
      // The level that AWS does not ask money for is the one that says nothing of topics.
      ...(level === 'DEFAULT'
        ? []
        : [
            {
              what: `metrics of Kafka (${level})`,
              quantities: [brokers],
              price: unknown('MSK metrics', 'month', prices.kafkaStorage.page),
            },
          ]),
    ];
  });

export const secrets = (all: readonly Resource[]): Line[] => [{ what: 'secrets', quantities: [{ n: all.length }], price: prices.secret }];

export const keys = (all: readonly Resource[]): Line[] => [{ what: 'keys', quantities: [{ n: all.length }], price: prices.key }];
