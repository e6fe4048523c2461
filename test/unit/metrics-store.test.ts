// Batches of counts in a real Redis: each goes in whole and once, also where its answer was lost.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { resilientRedis } from '../../functions/shared/cache.ts';
import { log as serviceLog } from '../../functions/shared/logging.ts';
import { batchStore, storedCounts } from '../../functions/shared/metrics/store.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';
import { eventually } from '../support/eventually.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-metrics-'));
const servers = backends({ dataDir, toolsDir: dataDir, kafka: false, log: createLog('error') });
const withCache = resilientRedis(5_000);
let url: string;

beforeAll(async () => {
  serviceLog.setLogLevel('SILENT');
  const { host, port } = await servers.redis();
  url = `redis://${host}:${port}`;
  process.env.REDIS_URL = url;
});
afterAll(async () => {
  await withCache(async (redis) => redis.disconnect());
  delete process.env.REDIS_URL;
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(() => withCache((redis) => redis.flushall()));

const batch = (number: number, cells: Record<string, number>) => ({ number, increments: new Map(Object.entries(cells)) });
const stored = () => storedCounts(withCache);
const one = batchStore(withCache, 'one');
const other = batchStore(withCache, 'other');

it('adds up what all environments send', async () => {
  expect(await one(batch(1, { a: 1, b: 20 }))).toBe(true);
  expect(await other(batch(1, { a: 2 }))).toBe(true);
  expect(await one(batch(2, { b: 3 }))).toBe(true);

  expect(await stored()).toEqual({ a: '3', b: '23' });
});

it('takes a batch that comes again for what it is', async () => {
  await one(batch(1, { a: 1 }));
  await one(batch(2, { a: 10 }));

  expect(await one(batch(2, { a: 10 }))).toBe(true);
  expect(await one(batch(1, { a: 1 }))).toBe(true);
  expect(await stored()).toEqual({ a: '11' });
});

it('adds a batch once whose answer was lost', async () => {
  const lossy = await withoutAnswers();
  process.env.REDIS_URL = lossy.url;
  const through = resilientRedis(200, 0);
  const add = batchStore(through, 'lossy');
  try {
    await through((redis) => redis.ping());
    lossy.swallow(true);
    expect(await add(batch(1, { a: 7 }))).toBe(false);
    expect(await eventually(stored)).toEqual({ a: '7' });
    lossy.swallow(false);
    expect(await eventually(() => add(batch(1, { a: 7 })))).toBe(true);
    expect(await stored()).toEqual({ a: '7' });
  } finally {
    await through(async (redis) => redis.disconnect());
    await lossy.close();
    process.env.REDIS_URL = url;
  }
});

it('begins at zero in an emptied Redis, also with a batch that was in before', async () => {
  await one(batch(1, { a: 5 }));
  await withCache((redis) => redis.flushall());
  await one(batch(1, { a: 5 }));

  expect(await stored()).toEqual({ a: '5' });
});

it('keeps the counts for ever, and the number of an environment that is gone for a day', async () => {
  await one(batch(1, { a: 1 }));

  const keys = (await withCache((redis) => redis.keys('metrics:*'))) ?? [];
  const kept = await Promise.all(keys.sort().map(async (key) => [key, await withCache((redis) => redis.ttl(key))]));
  expect(kept).toEqual([
    ['metrics:environment:one', expect.closeTo(86_400, -1)],
    ['metrics:requests', -1],
  ]);
});

it('says that a batch is not in where there is no Redis', async () => {
  process.env.REDIS_URL = 'redis://127.0.0.1:1';
  const nowhere = resilientRedis(200);
  expect(await batchStore(nowhere, 'nowhere')(batch(1, { a: 1 }))).toBe(false);
  expect(await storedCounts(nowhere)).toBeUndefined();
  process.env.REDIS_URL = url;
});

/** In front of the real server: what it answers may be lost on the way. */
async function withoutAnswers() {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let isSwallowing = false;
  const server = createServer((socket) => {
    const upstream = connect(Number(port), hostname);
    for (const each of [socket, upstream]) sockets.add(each.on('error', () => undefined));
    socket.on('data', (data) => upstream.write(data)).on('close', () => upstream.destroy());
    upstream.on('data', (data) => isSwallowing || socket.write(data)).on('close', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow: (yes: boolean) => {
      isSwallowing = yes;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
