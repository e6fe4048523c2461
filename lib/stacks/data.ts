// Everything that must not be lost: database, cache, Kafka, buckets. Kept when the stack goes, where the stage says so.
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Cache } from '../constructs/cache.ts';
import { Database } from '../constructs/database.ts';
import type { DatabaseAccess } from '../constructs/database-access.ts';
import { ExternalCache, ExternalDatabase, ExternalKafka } from '../constructs/external-data.ts';
import type { KafkaAccess } from '../constructs/kafka-access.ts';
import { KafkaCluster } from '../constructs/kafka-cluster.ts';
import { picturesLifecycle } from '../systems/pictures-lifecycle.ts';
import type { NetworkStack } from './network.ts';

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
    super(scope, id);
    const removalPolicy = config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const kafka = config.pictures.transport === 'kafka';
    if (config.data.kind === 'managed' && network) {
      this.database = new Database(this, 'Database', { ...config.data.database, network, tls: config.tls, removalPolicy });
      this.cache = new Cache(this, 'Cache', { ...config.data.cache, network, tls: config.tls });
      this.kafka = kafka ? new KafkaCluster(this, 'Kafka', { ...config.data.kafka, network, removalPolicy }) : undefined;
    } else if (config.data.kind === 'external') {
      this.database = new ExternalDatabase(this, 'Database', config.data.mysqlUrl);
      this.cache = new ExternalCache(config.data.redisUrl);
      this.kafka = kafka ? new ExternalKafka(this, config.stage, config.data.controlUrl) : undefined;
    } else throw new Error('Managed data services need a network');
    this.pictures = new Bucket(this, 'Pictures', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: picturesLifecycle,
      removalPolicy,
    });
    // Written here and not by the distribution, which lives in a stack that depends on this one.
    this.pictures.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.pictures.arnForObjects('results/*')],
        conditions: { StringEquals: { 'AWS:SourceAccount': this.account } },
      }),
    );
  }
}
