// Backends in a temporary data folder, and one acknowledged write to each that must still be there later.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import type { KafkaBroker, MysqlServer, RedisServer } from '../../local/backends/backends.ts';

/** The checkout's own: Kafka is fetched once, not by every run. */
export const TOOLS = fileURLToPath(new URL('../../.stackyard/tools', import.meta.url));

export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'backends-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export interface Servers {
  readonly mysql: MysqlServer;
  readonly redis: RedisServer;
  readonly kafka: KafkaBroker;
}

async function sql(server: MysqlServer, statement: string): Promise<unknown> {
  const { host, port, user, password } = server;
  const connection = await mysql.createConnection({ host, port, user, password, multipleStatements: true, connectTimeout: 1_000 });
  try {
    return (await connection.query(statement))[0];
  } finally {
    await connection.end();
  }
}

/** One row, durable by the server's settings. */
export const writeRow = (server: MysqlServer, note: string): Promise<unknown> =>
  sql(server, `CREATE DATABASE kept; CREATE TABLE kept.notes (note TEXT); INSERT INTO kept.notes VALUES ('${note}')`);

export const readRow = (server: MysqlServer): Promise<unknown> => sql(server, 'SELECT note FROM kept.notes');

export async function writeRecord(broker: KafkaBroker, value: string): Promise<void> {
  const common = { clientId: 'backends-test', bootstrapBrokers: broker.brokers.split(',') };
  const admin = new Admin(common);
  await admin.createTopics({ topics: ['kept'], partitions: 1, replicas: 1 });
  await admin.close();
  const producer = new Producer({ ...common, serializers: stringSerializers });
  await producer.send({ messages: [{ topic: 'kept', value }], acks: -1 });
  await producer.close();
}

/** The first record of the topic, read by a new group from the beginning. */
export async function readRecord(broker: KafkaBroker): Promise<string | undefined> {
  const consumer = new Consumer({
    clientId: 'backends-test',
    groupId: `reader-${Date.now()}`,
    bootstrapBrokers: broker.brokers.split(','),
    deserializers: stringDeserializers,
  });
  const stream = await consumer.consume({ topics: ['kept'], mode: 'earliest', maxWaitTime: 100 });
  for await (const message of stream) {
    await consumer.close(true);
    return message.value;
  }
  return undefined;
}

/** PONG of a connection of its own, which does not try again. */
export async function ping(server: RedisServer): Promise<string> {
  const redis = new Redis({ host: server.host, port: server.port, lazyConnect: true, retryStrategy: () => null });
  // Without a listener ioredis writes a refused connection to the console; the rejection below says the same.
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await redis.ping();
  } finally {
    redis.disconnect();
  }
}
