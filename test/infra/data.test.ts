// The database and the cache: encrypted, bounded, backed up, and each reached by whom it concerns.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { services } from '../../lib/constructs/services.ts';
import { dataOf, dataStackOf } from './data-stack.ts';

const [prod, dev] = [dataOf(configOf('prod')), dataOf(configOf('dev'))];

test('every service has a secret of its own, attached to the database, and the proxy knows them all', () => {
  for (const service of services) {
    prod.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: Match.serializedJson({ dbname: service, username: `stackyard_${service}` }),
        GenerateStringKey: 'password',
      },
    });
  }
  // One more for the administrator, whom the proxy does not know.
  prod.resourceCountIs('AWS::SecretsManager::SecretTargetAttachment', services.length + 1);
  const [proxy] = Object.values(prod.findResources('AWS::RDS::DBProxy'));
  expect(proxy?.Properties.Auth).toHaveLength(services.length);
});

test.each([
  ['dev', true],
  ['prod', true],
  ['local', false],
] as const)('TLS to database, proxy and cache in the stage %s: %j', (stage, tls) => {
  const data = dataOf(configOf(stage));
  data.hasResourceProperties('AWS::RDS::DBProxy', { EngineFamily: 'MYSQL', RequireTLS: tls });
  data.hasResourceProperties('AWS::RDS::DBParameterGroup', { Parameters: { require_secure_transport: tls ? '1' : '0' } });
  data.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', { Engine: 'valkey', TransitEncryptionEnabled: tls });
});

test('the database is MySQL 8.4, encrypted, backed up, in two zones, and not public', () => {
  prod.hasResourceProperties('AWS::RDS::DBInstance', {
    Engine: 'mysql',
    EngineVersion: Match.stringLikeRegexp('^8\\.4'),
    StorageEncrypted: true,
    StorageType: 'gp3',
    AllocatedStorage: '100',
    MaxAllocatedStorage: 500,
    BackupRetentionPeriod: 35,
    DeleteAutomatedBackups: false,
    AutoMinorVersionUpgrade: true,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    PubliclyAccessible: Match.not(true),
    MultiAZ: true,
  });
});

test('its settings are those with which everything is tested, and slow queries are written down', () => {
  prod.hasResourceProperties('AWS::RDS::DBParameterGroup', {
    Family: 'mysql8.4',
    Parameters: {
      character_set_server: 'utf8mb4',
      collation_server: 'utf8mb4_bin',
      sql_mode: Match.stringLikeRegexp('STRICT_TRANS_TABLES'),
      slow_query_log: '1',
      log_output: 'FILE',
    },
  });
  const [instance] = Object.values(prod.findResources('AWS::RDS::DBInstance'));
  expect(instance?.Properties.EnableCloudwatchLogsExports).toEqual(['error', 'slowquery']);
  // RDS makes groups that keep everything for ever, unless they are there before the instance.
  for (const log of ['error', 'slowquery']) {
    const groups = prod.findResources('AWS::Logs::LogGroup', {
      Properties: { LogGroupName: `/aws/rds/instance/${instance?.Properties.DBInstanceIdentifier}/${log}`, RetentionInDays: 90 },
    });
    expect(instance?.DependsOn, log).toEqual(expect.arrayContaining(Object.keys(groups)));
    expect(Object.keys(groups), log).toHaveLength(1);
  }
});

test('without a proxy, functions go to the instance, and insights are asked of no size that has none', () => {
  const minimal = dataOf(configOf('minimal'));
  minimal.resourceCountIs('AWS::RDS::DBProxy', 0);
  minimal.hasResourceProperties('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t4g.micro', EnablePerformanceInsights: Match.absent() });
  dev.hasResourceProperties('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t4g.medium', EnablePerformanceInsights: true });
});

test('the cache is encrypted, fails over to another zone and has snapshots in prod', () => {
  prod.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
    AtRestEncryptionEnabled: true,
    AutomaticFailoverEnabled: true,
    MultiAZEnabled: true,
    NumCacheClusters: 2,
    SnapshotRetentionLimit: 7,
  });
  dev.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', { SnapshotRetentionLimit: 0 });
});

/** What becomes of a resource when its stack goes, and when another takes its place. */
const afterwards = ({ DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' }: Record<string, string>) =>
  `${DeletionPolicy}, ${UpdateReplacePolicy}`;

const KEPT = 'RetainExceptOnCreate, Retain';

test('in prod what holds data stays when its stack goes, or when another takes its place, with all that it needs; in dev nothing does', () => {
  const policies = (template: Template, type: string) => [...new Set(Object.values(template.findResources(type)).map(afterwards))];
  for (const type of [
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSubnetGroup',
    'AWS::RDS::DBParameterGroup',
    'AWS::SecretsManager::Secret',
    'AWS::MSK::Cluster',
    'AWS::MSK::Configuration',
    'AWS::S3::Bucket',
  ]) {
    expect(policies(prod, type), type).toEqual([KEPT]);
    expect(policies(dev, type), type).toEqual(['Delete, Delete']);
  }
  prod.hasResourceProperties('AWS::RDS::DBInstance', { DeletionProtection: true });
  dev.hasResourceProperties('AWS::RDS::DBInstance', { DeletionProtection: false });
  expect(dataStackOf(configOf('prod')).terminationProtection).toBe(true);
});

test('in prod what stays goes on writing logs that are forgotten: their groups stay with it, and the one of the proxy goes with the proxy', () => {
  const groups = Object.values(prod.findResources('AWS::Logs::LogGroup'));
  expect(groups.map(({ Properties, ...group }) => [Properties.LogGroupName, afterwards(group)]).sort()).toEqual([
    ['/aws/rds/instance/data/error', KEPT],
    ['/aws/rds/instance/data/slowquery', KEPT],
    ['/aws/rds/proxy/data', 'Delete, Delete'],
    ['/aws/vendedlogs/msk/data', KEPT],
  ]);
});
