// Database, cache and broker of a template become real servers that their clients reach by the template's attributes.
import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DataHost, dataFolder, dataHost, forget } from './data-resources-host.ts';

const folder = dataFolder();
let running: DataHost;

beforeAll(async () => {
  running = await dataHost(folder);
});

afterAll(async () => {
  await running.stop();
  forget(folder);
}, 30_000);

const query = async (place: { host: string; port: number; user: string; password: string }, sql: string) => {
  const connection = await createConnection(place);
  try {
    return (await connection.query(sql))[0];
  } finally {
    await connection.end();
  }
};

it('makes a database with its master user, whose password follows the secret', async () => {
  const properties = { Engine: 'mysql', DBName: 'app', MasterUsername: 'admin', MasterUserPassword: 'p\'w"1' };

  const created = await running.create('AWS::RDS::DBInstance', 'Database', properties);
  await running.create('AWS::RDS::DBInstance', 'Database', { ...properties, MasterUserPassword: 'changed' });

  const place = {
    host: String(created.attributes?.['Endpoint.Address']),
    port: Number(created.attributes?.['Endpoint.Port']),
    user: 'admin',
  };
  expect(created.ref).toBe('test-database');
  expect(await query({ ...place, password: 'changed' }, 'SHOW DATABASES LIKE "app"')).toHaveLength(1);
  await expect(query({ ...place, password: 'p\'w"1' }, 'SELECT 1')).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
  await query({ ...place, password: 'changed' }, "CREATE USER orders@'%' IDENTIFIED BY 'x'");
}, 30_000);

it('gives a proxy the address of the database, without a port', async () => {
  const proxy = await running.create('AWS::RDS::DBProxy', 'Proxy', { EngineFamily: 'MYSQL' });

  expect(proxy.attributes?.Endpoint).toBe('127.0.0.1');
}, 30_000);

it.each([
  ['AWS::ElastiCache::ReplicationGroup', 'PrimaryEndPoint'],
  ['AWS::ElastiCache::ServerlessCache', 'Endpoint'],
])(
  'makes %s a Redis that answers',
  async (type, endpoint) => {
    const { attributes = {} } = await running.create(type, 'Cache', { Engine: 'valkey' });

    const redis = new Redis({ host: String(attributes[`${endpoint}.Address`]), port: Number(attributes[`${endpoint}.Port`]) });
    expect(await redis.ping()).toBe('PONG');
    await redis.quit();
  },
  30_000,
);

it('makes a cluster a broker whose address the control API gives for its ARN', async () => {
  const { ref: ClusterArn } = await running.create('AWS::MSK::Cluster', 'Kafka', {});
  const kafka = new KafkaClient({
    endpoint: running.host.control.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

  const { BootstrapBrokerString } = await kafka.send(new GetBootstrapBrokersCommand({ ClusterArn }));

  expect(BootstrapBrokerString).toBe((await running.host.backends.kafka()).brokers);
  await expect(kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: 'arn:aws:kafka:x' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
}, 60_000);
