// What must not be lost, and who may reach it.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { services } from '../../lib/constructs/services.ts';
import { synthesized } from './stage.ts';

let prod: Record<string, Template>;
let dev: Record<string, Template>;

beforeAll(() => {
  prod = synthesized('prod');
  dev = synthesized('dev');
});

const of = (stage: Record<string, Template>, name: string) => stage[name] as Template;

test('every service has a secret of its own, attached to the database, and the proxy knows them all', () => {
  const data = of(prod, 'data');
  for (const service of services) {
    data.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: Match.serializedJson({ dbname: service, username: `stackyard_${service}` }),
        GenerateStringKey: 'password',
      },
    });
  }
  // One more for the administrator, whom the proxy does not know.
  data.resourceCountIs('AWS::SecretsManager::SecretTargetAttachment', services.length + 1);
  const [proxy] = Object.values(data.findResources('AWS::RDS::DBProxy'));
  expect(proxy?.Properties.Auth).toHaveLength(services.length);
});

test.each([
  ['dev', true],
  ['prod', true],
  ['local', false],
] as const)('TLS to database, proxy and cache in the stage %s: %j', (stage, tls) => {
  const data = of(synthesized(stage), 'data');
  data.hasResourceProperties('AWS::RDS::DBProxy', { EngineFamily: 'MYSQL', RequireTLS: tls });
  data.hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { require_secure_transport: tls ? '1' : '0' } });
  data.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', { Engine: 'valkey', TransitEncryptionEnabled: tls });
});

test('the database is MySQL 8.4, encrypted, backed up, and not public', () => {
  of(prod, 'data').hasResourceProperties('AWS::RDS::DBInstance', {
    Engine: 'mysql',
    EngineVersion: Match.stringLikeRegexp('^8\\.4'),
    StorageEncrypted: true,
    BackupRetentionPeriod: 7,
    PubliclyAccessible: Match.not(true),
    MultiAZ: true,
  });
});

test('in prod everything that holds data stays when its stack goes; in dev nothing does', () => {
  const policies = (template: Template, type: string) =>
    Object.values(template.findResources(type)).map(({ DeletionPolicy }) => DeletionPolicy);
  for (const type of ['AWS::RDS::DBInstance', 'AWS::MSK::Cluster', 'AWS::S3::Bucket']) {
    expect(policies(of(prod, 'data'), type), type).toEqual(['Retain']);
    expect(policies(of(dev, 'data'), type), type).toEqual(['Delete']);
  }
  of(prod, 'data').hasResourceProperties('AWS::RDS::DBInstance', { DeletionProtection: true });
});

test('every bucket is encrypted, speaks only TLS and is never public', () => {
  for (const template of [of(prod, 'data'), of(prod, 'console')]) {
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const buckets = Object.keys(template.findResources('AWS::S3::Bucket')).length;
    const denied = { Action: 's3:*', Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    template.resourcePropertiesCountIs(
      'AWS::S3::BucketPolicy',
      { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(denied)]) } },
      buckets,
    );
  }
});

test('pictures expire: sources after a week, results after a month', () => {
  of(prod, 'data').hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: Match.arrayWith([
        Match.objectLike({ Prefix: 'sources/', ExpirationInDays: 7, Status: 'Enabled' }),
        Match.objectLike({ Prefix: 'results/', ExpirationInDays: 30, Status: 'Enabled' }),
      ]),
    },
  });
});

test.each([
  ['dev', 2],
  ['prod', 3],
  ['local', 1],
] as const)('in the stage %s, brokers stand in %d subnets, a multiple of which MSK wants as their number', (stage, subnets) => {
  const [cluster] = Object.values(of(synthesized(stage), 'data').findResources('AWS::MSK::Cluster'));
  const { NumberOfBrokerNodes, BrokerNodeGroupInfo, ClientAuthentication, EncryptionInfo } = cluster?.Properties ?? {};
  expect(BrokerNodeGroupInfo.ClientSubnets).toHaveLength(subnets);
  expect(NumberOfBrokerNodes % subnets).toBe(0);
  expect(ClientAuthentication).toEqual({ Sasl: { Iam: { Enabled: true } } });
  expect(EncryptionInfo.EncryptionInTransit).toEqual({ ClientBroker: 'TLS', InCluster: true });
});
