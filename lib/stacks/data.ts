// Everything that must not be lost: database, cache, Kafka, buckets. Kept when the stack goes, where the stage says so.
import { Stack } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Cache } from '../constructs/cache.ts';
import { Database } from '../constructs/database.ts';
import type { DatabaseAccess } from '../constructs/database-access.ts';
import { ExternalCache, ExternalDatabase, ExternalKafka } from '../constructs/external-data.ts';
import { handOver, PICTURES_BUCKET } from '../constructs/hand-over.ts';
import type { KafkaAccess } from '../constructs/kafka-access.ts';
import { KafkaCluster } from '../constructs/kafka-cluster.ts';
import { removalPolicyOf } from '../constructs/kept.ts';
import { AccessLogs, PicturesBucket } from '../constructs/pictures-bucket.ts';
import type { NetworkStack } from './network.ts';

/** A week is long enough to notice; what is in the cache is also elsewhere, but for counters of metrics. */
const SNAPSHOT_DAYS = 7;

export interface DataProps {
  readonly config: Config;
  readonly network: NetworkStack | undefined;
}

export class DataStack extends Stack {
  readonly database: DatabaseAccess;
  readonly cache: Cache | ExternalCache;
  readonly kafka: KafkaAccess | undefined;
  readonly pictures: IBucket;

  constructor(scope: Construct, id: string, { config, network }: DataProps) {
    super(scope, id, { terminationProtection: config.retainData });
    const removalPolicy = removalPolicyOf(config);
    const kafka = config.pictures.transport === 'kafka';
    if (config.data.kind === 'managed' && network) {
      const common = { network, tls: config.tls, removalPolicy, logRetentionDays: config.functions.logRetentionDays };
      this.database = new Database(this, 'Database', { ...config.data.database, ...common });
      this.cache = new Cache(this, 'Cache', { ...config.data.cache, ...common, snapshotDays: config.retainData ? SNAPSHOT_DAYS : 0 });
      this.kafka = kafka ? new KafkaCluster(this, 'Kafka', { ...config.data.kafka, ...common }) : undefined;
    } else if (config.data.kind === 'external') {
      this.database = new ExternalDatabase(this, 'Database', config.data.mysqlUrl);
      this.cache = new ExternalCache(config.data.redisUrl);
      this.kafka = kafka ? new ExternalKafka(this, config.stage, config.data.controlUrl) : undefined;
    } else throw new Error('Managed data services need a network');
    const pictures = new PicturesBucket(this, 'Pictures', { removalPolicy });
    if (config.retainData) pictures.logTo(new AccessLogs(this, 'AccessLogs'));
    this.pictures = pictures;
    if (config.data.kind === 'external') handOver(this, config.stage, PICTURES_BUCKET, pictures.bucketName);
  }
}
