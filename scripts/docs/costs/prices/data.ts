// Database, cache, Kafka, objects, tables, secrets.
import { type Price, priceListTest } from '../price.ts';

const RDS = 'https://aws.amazon.com/rds/mysql/pricing/';
/** 46.00 USD for 400 GB, and 95.00 for 1,000 GB of backups. */
const DATABASES = priceListTest('db_instance', '01c59b17a6fbaab511ccab5fb75ce760ad694eef');
const MSK = 'https://aws.amazon.com/msk/pricing/';
const S3 = { page: 'https://aws.amazon.com/s3/pricing/', ...priceListTest('s3_bucket', '068dadf971dac888ad2330295c4d59d42027f935') };
const DYNAMODB = {
  page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  read: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
  asOf: '2025-07-21',
};
const SECRETS = {
  page: 'https://aws.amazon.com/secrets-manager/pricing/',
  ...priceListTest('secretsmanager_secret', '01c59b17a6fbaab511ccab5fb75ce760ad694eef'),
};

export const data = {
  databaseStorage: {
    service: 'RDS, general purpose storage',
    unit: 'GB-month',
    usd: 0.115,
    page: RDS,
    ...DATABASES,
    note: 'gp2 and gp3 cost the same; a standby has as much',
  },
  databaseBackup: {
    service: 'RDS, backups beyond the size of the database',
    unit: 'GB-month',
    usd: 0.095,
    page: RDS,
    ...DATABASES,
  },
  databaseProxy: {
    service: 'RDS Proxy, per vCPU of the instance',
    unit: 'vCPU-h',
    usd: 0.015,
    page: 'https://aws.amazon.com/rds/proxy/pricing/',
    read: 'several public tables, which agree',
    asOf: 'undated',
    note: 'at least two vCPUs',
  },
  kafkaStorage: {
    service: 'MSK, storage',
    unit: 'GB-month',
    usd: 0.1,
    page: MSK,
    ...priceListTest('msk_cluster', 'da0a5862ad6a970be64ea624fba1a7f79f7bb42e'),
  },
  objectStorage: { service: 'S3 Standard, storage', unit: 'GB-month', usd: 0.023, ...S3 },
  objectPut: { service: 'S3 Standard, PUT', unit: 'million', usd: 5, ...S3 },
  objectGet: { service: 'S3 Standard, GET', unit: 'million', usd: 0.4, ...S3 },
  tableWrite: { service: 'DynamoDB on demand, write of 1 KB', unit: 'million', usd: 0.625, ...DYNAMODB },
  tableRead: { service: 'DynamoDB on demand, read of 4 KB', unit: 'million', usd: 0.125, ...DYNAMODB },
  secret: { service: 'Secrets Manager, a secret', unit: 'month', usd: 0.4, ...SECRETS },
  secretCall: { service: 'Secrets Manager, API calls', unit: 'million', usd: 5, ...SECRETS, note: '0.05 USD per 10,000 there' },
  cacheSnapshot: {
    service: 'ElastiCache, snapshots',
    unit: 'GB-month',
    usd: 0.085,
    page: 'https://aws.amazon.com/elasticache/pricing/',
    ...priceListTest('elasticache_replication_group', '0e62cef002601bdc30a70cafd98ed95f7d3642ae'),
  },
  key: {
    service: 'KMS, a key of one’s own',
    unit: 'month',
    usd: 1,
    page: 'https://aws.amazon.com/kms/pricing/',
    ...priceListTest('kms_key', '728ec2c3d364759fa9a418d857b2017ff5c8b328'),
    note: 'one that rotates costs 1 USD more after its first rotation and 1 more after its second, then no more',
  },
} as const satisfies Record<string, Price>;

/** HashiCorp's list for its tests; it is of us-west-2, whose prices for these classes are those of us-east-1. A standby costs as much again. */
const mysql = (name: string, usd: number): Price => ({
  service: `RDS MySQL ${name}, one zone`,
  unit: 'h',
  usd,
  page: RDS,
  read: 'https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/rds (instance classes of the tests)',
  asOf: '2024-02-02',
});

const valkey = (name: string, usd: number): Price => ({
  service: `ElastiCache Valkey ${name}`,
  unit: 'h',
  usd,
  page: 'https://aws.amazon.com/elasticache/pricing/',
  read: 'AWS Price List API, offer AmazonElastiCache, in a public cost tool',
  asOf: '2026-10-02',
});

/** By the name that templates give them. */
export const instances: Readonly<Record<string, Price>> = {
  'db.t4g.micro': mysql('db.t4g.micro', 0.016),
  'db.t4g.small': mysql('db.t4g.small', 0.032),
  'db.t4g.medium': mysql('db.t4g.medium', 0.065),
  'db.m7g.large': mysql('db.m7g.large', 0.168),
  'cache.t4g.micro': valkey('cache.t4g.micro', 0.0128),
  'cache.t4g.small': valkey('cache.t4g.small', 0.0256),
  'kafka.t3.small': {
    service: 'MSK kafka.t3.small',
    unit: 'h',
    usd: 0.0456,
    page: MSK,
    ...priceListTest('msk_cluster', 'da0a5862ad6a970be64ea624fba1a7f79f7bb42e'),
    note: '66.58 USD for 1,460 h there',
  },
  'kafka.m7g.large': {
    service: 'MSK kafka.m7g.large',
    unit: 'h',
    usd: 0.204,
    page: MSK,
    read: 'two public tables of us-east-1',
    asOf: 'undated',
    note: 'a third says 0.196: check it before you sign',
  },
};

/** GB that the classes above hold: what a snapshot has at most. */
export const memories: Readonly<Record<string, number>> = { 'cache.t4g.micro': 0.5, 'cache.t4g.small': 1.37 };

/** Processors of the classes above: what a proxy is billed by. */
export const processors: Readonly<Record<string, number>> = {
  'db.t4g.micro': 2,
  'db.t4g.small': 2,
  'db.t4g.medium': 2,
  'db.m7g.large': 2,
};
