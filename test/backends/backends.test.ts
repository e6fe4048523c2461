// The three real servers: started once at first use, kept apart from other hosts', ended with their host, data kept.
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processIdentity } from '../../local/backends/process-identity.mjs';
import { type BackendsOptions, backends } from '../../local/backends/provision.ts';
import { ping, readRecord, readRow, TOOLS, temporaryFolder, writeRecord, writeRow } from './backends-fixture.ts';

const silent = () => {};
const hostIn = (dataDir: string, options: Partial<BackendsOptions> = {}) =>
  backends({ dataDir, toolsDir: TOOLS, kafka: true, log: silent, ...options });

describe('backends', { timeout: 60_000 }, () => {
  test('data written before a stop is there after the next start, on the same ports', async () => {
    await using folder = await temporaryFolder();
    const first = hostIn(folder.path);
    const [mysql, redis, kafka] = await Promise.all([first.mysql(), first.redis(), first.kafka()]);
    await Promise.all([writeRow(mysql, 'a row'), writeRecord(kafka, 'a record'), ping(redis)]);
    const pids = [mysql.pid, redis.pid, kafka.pid];
    await first.stop();
    expect(pids.map((pid) => processIdentity(pid ?? 0))).toEqual([undefined, undefined, undefined]);

    const second = hostIn(folder.path);
    const [mysqlAgain, redisAgain, kafkaAgain] = await Promise.all([second.mysql(), second.redis(), second.kafka()]);
    expect(await readRow(mysqlAgain)).toEqual([{ note: 'a row' }]);
    expect(await readRecord(kafkaAgain)).toBe('a record');
    expect([mysqlAgain.port, redisAgain.port, kafkaAgain.brokers]).toEqual([mysql.port, redis.port, kafka.brokers]);
    await second.stop();
  });

  test('where the ports of last time are taken, the servers start on others with the data kept', async () => {
    await using folder = await temporaryFolder();
    const first = hostIn(folder.path);
    const [mysql, kafka] = await Promise.all([first.mysql(), first.kafka()]);
    await Promise.all([writeRow(mysql, 'a row'), writeRecord(kafka, 'a record')]);
    await first.stop();

    const ports = (await readFile(join(folder.path, 'kafka', 'ports'), 'utf8')).split(' ').map(Number);
    const takers = [mysql.port, ...ports].map((port) => createServer().listen(port, '127.0.0.1'));
    await Promise.all(takers.map((taker) => once(taker, 'listening')));
    const second = hostIn(folder.path);
    const [mysqlElsewhere, kafkaElsewhere] = await Promise.all([second.mysql(), second.kafka()]);
    expect(mysqlElsewhere.port).not.toBe(mysql.port);
    expect(kafkaElsewhere.brokers).not.toBe(kafka.brokers);
    expect(await readRow(mysqlElsewhere)).toEqual([{ note: 'a row' }]);
    expect(await readRecord(kafkaElsewhere)).toBe('a record');
    await second.stop();
    for (const taker of takers) taker.close();
  });

  test('callers at the same time share one server', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const [one, other] = await Promise.all([host.redis(), host.redis()]);
    expect(one).toBe(other);
    await host.stop();
  });

  test('two hosts at once have servers and passwords of their own', async () => {
    await using left = await temporaryFolder();
    await using right = await temporaryFolder();
    const hosts = [hostIn(left.path), hostIn(right.path)];
    const [one, other] = await Promise.all(hosts.map((host) => host.mysql()));
    expect(one?.port).not.toBe(other?.port);
    await expect(readRow({ ...other, password: one?.password } as never)).rejects.toThrow('Access denied');
    await Promise.all(hosts.map((host) => host.stop()));
  });

  test('a second host on the same data folder is refused and the first goes on', async () => {
    await using folder = await temporaryFolder();
    const first = hostIn(folder.path);
    const redis = await first.redis();
    const second = hostIn(folder.path);
    await expect(second.redis()).rejects.toThrow(`in use by the process ${process.pid}`);
    await second.stop();
    expect(await ping(redis)).toBe('PONG');
    await first.stop();
  });

  test('the administrator password is readable by its owner only', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    await host.mysql();
    for (const name of ['password', 'administrator.sql']) expect(statSync(join(folder.path, 'mariadb', name)).mode & 0o777).toBe(0o600);
    await host.stop();
  });

  test('a server that was given is neither started nor stopped', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path, { environment: { REDIS_URL: 'redis://cache.test:6380' } });
    expect(await host.redis()).toEqual({ host: 'cache.test', port: 6380 });
    await host.stop();
    expect(existsSync(join(folder.path, 'redis'))).toBe(false);
  });

  test('stopping while the servers start leaves no process behind', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path);
    const started = Promise.allSettled([host.mysql(), host.redis(), host.kafka()]);
    await host.stop();
    const outcomes = await started;
    expect(outcomes.map(({ status }) => status)).not.toContain('fulfilled');
    for (const name of ['mariadb', 'redis', 'kafka']) expect(existsSync(join(folder.path, name, 'process.json'))).toBe(false);
  });

  test('without Kafka the refusal says how to have it', async () => {
    await using folder = await temporaryFolder();
    const host = hostIn(folder.path, { kafka: false });
    await expect(host.kafka()).rejects.toThrow('--no-kafka');
    await host.stop();
  });
});
