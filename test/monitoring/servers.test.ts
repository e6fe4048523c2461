// The containers' servers take their configurations: the real programs of this machine load them, and say what they understood.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Admin } from '@platformatic/kafka';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findExecutable, findJava } from '../../local/backends/executables.mjs';
import { fetchKafkaJars, kafkaJarsFolder } from '../../local/backends/kafka-jars.mjs';
import { keptPorts } from '../../local/backends/ports.ts';
import { type Child, removed, startChild, temporaryFolder } from './child.ts';
import { inRepository, root, service } from './compose.ts';

let folder: string;
let child: Child | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await child?.stop();
  child = undefined;
  await removed(folder);
});

const found = (...names: string[]): string => {
  const program = findExecutable(names);
  if (!program) throw new Error(`This needs one of ${names.join(', ')} on PATH.`);
  return program;
};

test('MySQL’s settings are those of the stage’s parameter group', () => {
  const file = join(root, 'docker/mysql/stackyard.cnf');
  const said = execFileSync(found('mariadbd', 'mysqld'), [`--defaults-file=${file}`, '--verbose', '--help'], { encoding: 'utf8' });
  const setting = (name: string) => new RegExp(`^${name} +(\\S+)$`, 'm').exec(said.slice(said.indexOf('\n---')))?.[1];
  expect(setting('character-set-server')).toBe('utf8mb4');
  expect(setting('collation-server')).toBe('utf8mb4_bin');
  expect(setting('innodb-lock-wait-timeout')).toBe('2');
  expect(setting('innodb-flush-log-at-trx-commit')).toBe('1');
  expect(setting('require-secure-transport')).toBe('FALSE');
  const group = /ParameterGroup\(.*?parameters: \{(.*?)\}/s.exec(inRepository('lib/constructs/database.ts'))?.[1] ?? '';
  for (const [, name = '', value] of group.matchAll(/(\w+): '(\w+)'/g)) expect(setting(name.replaceAll('_', '-')), name).toBe(value);
});

test('Redis keeps nothing, and drops only what may be dropped', async () => {
  const [port = 0] = await keptPorts(folder, 1);
  const file = join(root, 'docker/redis/redis.conf');
  const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  try {
    const args = [file, '--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    child = await startChild(found('redis-server', 'valkey-server'), args, folder, async () => (await redis.ping()) === 'PONG');
    const setting = async (name: string) => ((await redis.config('GET', name)) as string[])[1];
    expect([await setting('save'), await setting('appendonly')]).toEqual(['', 'no']);
    expect([await setting('maxmemory'), await setting('maxmemory-policy')]).toEqual([String(128 * 1024 * 1024), 'volatile-lru']);
  } finally {
    redis.disconnect();
  }
});

test('Kafka starts as one node in KRaft mode, and tells clients the name that containers know', async () => {
  const [broker = 0, controller = 0] = await keptPorts(folder, 2);
  const properties = inRepository('docker/kafka/server.properties')
    .replace('PLAINTEXT://:9092', `PLAINTEXT://127.0.0.1:${broker}`)
    .replace('CONTROLLER://:9093', `CONTROLLER://127.0.0.1:${controller}`)
    .replace('localhost:9093', `127.0.0.1:${controller}`)
    .replace('/var/lib/kafka/data', 'data');
  await writeFile(join(folder, 'server.properties'), properties);
  const java = findJava();
  if (!java) throw new Error('This needs Java 17 or newer: apt-get install openjdk-17-jre-headless.');
  const jvm = [service('kafka').environment?.KAFKA_HEAP_OPTS?.split(' ') ?? [], '-XX:TieredStopAtLevel=1', '-cp', await jars()].flat();
  const format = ['kafka.tools.StorageTool', 'format', '--cluster-id=5L6g3nShT-eMCtK--X86sw', '-c', 'server.properties'];
  execFileSync(java, [...jvm, ...format], { cwd: folder, stdio: 'pipe' });
  const admin = new Admin({
    clientId: 'test',
    bootstrapBrokers: [`127.0.0.1:${broker}`],
    retries: 0,
    timeout: 1_000,
    connectTimeout: 1_000,
  });
  try {
    const brokers = async () => [...(await admin.metadata({ topics: [], forceUpdate: true })).brokers.values()];
    child = await startChild(java, [...jvm, 'kafka.Kafka', 'server.properties'], folder, async () => (await brokers()).length > 0);
    expect(await brokers()).toMatchObject([{ host: 'kafka', port: 9092 }]);
  } finally {
    await admin.close();
  }
});

async function jars(): Promise<string> {
  const toolsDir = join(root, '.stackyard/tools');
  const libraries = kafkaJarsFolder(toolsDir);
  if (!existsSync(libraries)) await fetchKafkaJars({ toolsDir, maven: found('mvn') });
  return readdirSync(libraries)
    .map((name) => join(libraries, name))
    .join(':');
}
