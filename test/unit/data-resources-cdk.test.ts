// The data resources of a usual stage, as CDK writes them: the modules know each property, and nothing is honoured and ignored at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnServerlessCache, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
import { Credentials, DatabaseInstance, DatabaseInstanceEngine, MysqlEngineVersion, ParameterGroup } from 'aws-cdk-lib/aws-rds';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { HostedRotation, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { expect, it } from 'vitest';
import { refusals } from '../../local/assembly/refusals.ts';
import type { Template } from '../../local/assembly/template.ts';
import { loadModules } from '../../local/resources/registry.ts';

const ours = /^AWS::(S3|SQS|SecretsManager|SSM|RDS|ElastiCache|MSK)::/;

function usualStage(outdir: string): Template {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Data');
  const subnetIds = ['subnet-11111111', 'subnet-22222222'];
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-11111111', availabilityZones: ['a', 'b'], privateSubnetIds: subnetIds });

  const engine = DatabaseInstanceEngine.mysql({ version: MysqlEngineVersion.VER_8_4_5 });
  const database = new DatabaseInstance(stack, 'Database', {
    engine,
    vpc,
    instanceType: new InstanceType('t4g.micro'),
    credentials: Credentials.fromGeneratedSecret('admin', { excludeCharacters: '"@/\\' }),
    databaseName: 'app',
    parameterGroup: new ParameterGroup(stack, 'Parameters', { engine, parameters: { max_connections: '200' } }),
    backupRetention: Duration.days(1),
    deletionProtection: true,
    storageEncrypted: true,
    enablePerformanceInsights: true,
    cloudwatchLogsExports: ['error'],
    monitoringInterval: Duration.minutes(1),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  database.addRotationSingleUser();
  const orders = new Secret(stack, 'Orders', {
    generateSecretString: { secretStringTemplate: '{"username":"orders"}', generateStringKey: 'password' },
  }).attach(database);
  database.addProxy('Proxy', { secrets: [orders], vpc, requireTLS: false, idleClientTimeout: Duration.minutes(5) });
  new Secret(stack, 'Given', { secretStringValue: SecretValue.unsafePlainText('x') }).addRotationSchedule('Rotation', {
    hostedRotation: HostedRotation.mysqlSingleUser(),
    automaticallyAfter: Duration.days(30),
  });

  const subnets = new CfnSubnetGroup(stack, 'CacheSubnets', { description: 'cache', subnetIds });
  const settings = new CfnParameterGroup(stack, 'CacheSettings', {
    cacheParameterGroupFamily: 'valkey8',
    description: 'x',
    properties: { 'maxmemory-policy': 'allkeys-lru' },
  });
  new CfnReplicationGroup(stack, 'Cache', {
    replicationGroupDescription: 'cache',
    engine: 'valkey',
    cacheNodeType: 'cache.t4g.micro',
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    transitEncryptionEnabled: false,
    atRestEncryptionEnabled: true,
    cacheSubnetGroupName: subnets.ref,
    cacheParameterGroupName: settings.ref,
    securityGroupIds: [],
  });
  new CfnServerlessCache(stack, 'Serverless', { engine: 'valkey', serverlessCacheName: 'c', subnetIds, securityGroupIds: [] });
  const configuration = new CfnConfiguration(stack, 'KafkaSettings', { name: 'k', serverProperties: 'auto.create.topics.enable=false' });
  new CfnCluster(stack, 'Kafka', {
    clusterName: 'kafka',
    kafkaVersion: '3.9.x',
    numberOfBrokerNodes: 2,
    brokerNodeGroupInfo: { clientSubnets: subnetIds, instanceType: 'kafka.t3.small' },
    clientAuthentication: { sasl: { iam: { enabled: true } } },
    configurationInfo: { arn: configuration.ref, revision: 1 },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS' } },
  });

  new Bucket(stack, 'Pictures', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(30) }],
    versioned: true,
  });
  const deadLetters = new Queue(stack, 'Dead', { enforceSSL: true, retentionPeriod: Duration.days(14) });
  new Queue(stack, 'Work', { deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 }, visibilityTimeout: Duration.minutes(3) });
  new Queue(stack, 'Fifo', { fifo: true, contentBasedDeduplication: true });
  new StringParameter(stack, 'Parameter', { stringValue: 'x', parameterName: '/app/x' });
  return app.synth().getStackByName('Data').template as Template;
}

it('refuses nothing of the data resources that CDK synthesizes for a usual stage', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'stackyard-synth-'));
  const { Resources = {} } = usualStage(outdir);
  rmSync(outdir, { recursive: true });
  const data = Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => ours.test(Type)));

  expect(refusals([{ name: 'Data', template: { Resources: data } }], await loadModules())).toEqual([]);
  expect(new Set(Object.values(data).map(({ Type }) => Type)).size).toBeGreaterThanOrEqual(18);
}, 30_000);

it('honours or ignores a property, never both', async () => {
  for (const module of (await loadModules()).values()) {
    if (ours.test(module.type)) expect(module.honours.filter((name) => name in module.ignores)).toEqual([]);
  }
});
