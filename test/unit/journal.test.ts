// The journal of consumers: what is written in a real Redis is what the workers' report reads.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resilientRedis } from '../../functions/shared/cache.ts';
import { type JournalTask, journalKeys, journalOn, queueOf, TASKS_KEPT } from '../../functions/shared/journal.ts';
import { journalReader } from '../../functions/workers/journal-reader.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-journal-'));
const servers = backends({ dataDir, toolsDir: dataDir, kafka: false, log: createLog('error') });
const withCache = resilientRedis(5_000);
const noon = Date.parse('2026-01-01T12:00:00Z');
let now = noon;
const clock = () => new Date(now);
const record = journalOn(withCache, () => 'f', clock);

beforeAll(async () => {
  const { host, port } = await servers.redis();
  process.env.REDIS_URL = `redis://${host}:${port}`;
});
afterAll(async () => {
  delete process.env.REDIS_URL;
  await withCache(async (redis) => redis.disconnect());
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const task = (n: number, error?: unknown): JournalTask => ({
  id: `t${n}`,
  requestId: `r${n}`,
  startedAt: new Date(noon),
  durationMs: 1.26,
  error,
});
const done = (count: number) => Array.from({ length: count }, (_, n) => task(n));
const read = async (queue: string) => (await journalReader(withCache, clock)([queue]))?.get(queue);

it('keeps each task with its outcome, newest first', async () => {
  await record('outcomes', [task(1), task(2, new Error(`no ${'!'.repeat(400)}`))]);

  const entry = { queue: 'outcomes', function: 'f', startedAt: '2026-01-01T12:00:00.000Z', durationMs: 1.3 };
  expect((await read('outcomes'))?.tasks).toEqual([
    { ...entry, id: 't2', requestId: 'r2', outcome: 'failed', error: `Error: no ${'!'.repeat(290)}` },
    { ...entry, id: 't1', requestId: 'r1', outcome: 'done', error: null },
  ]);
});

it('keeps the latest of them and shows fewer', async () => {
  await record('many', done(TASKS_KEPT + 50));
  await record('many', [task(999)]);

  const kept = await withCache((redis) => redis.lrange(journalKeys.tasks('many'), 0, -1));
  expect(kept).toHaveLength(TASKS_KEPT);
  const { tasks = [] } = (await read('many')) ?? {};
  expect(tasks).toHaveLength(100);
  expect(tasks.slice(0, 2).map(({ id }) => id)).toEqual(['t999', `t${TASKS_KEPT + 49}`]);
});

it('gives the rate of the last ten whole seconds', async () => {
  now = noon;
  await record('rate', done(20));
  expect((await read('rate'))?.processedPerSecond).toBe(0);
  now = noon + 1_000;
  await record('rate', [...done(10), task(1, 'failed')]);
  expect((await read('rate'))?.processedPerSecond).toBe(2);
  now = noon + 10_999;
  expect((await read('rate'))?.processedPerSecond).toBe(3);
  now = noon + 11_000;
  expect((await read('rate'))?.processedPerSecond).toBe(1);
});

it('counts the failures of the last hour', async () => {
  now = noon;
  await record('failures', [task(1, 'a'), task(2), task(3, 'b')]);
  now = noon + 59 * 60_000;
  await record('failures', [task(1, 'a')]);
  expect((await read('failures'))?.failures).toBe(3);
  now = noon + 60 * 60_000;
  expect((await read('failures'))?.failures).toBe(1);
});

it('leaves nothing behind for ever', async () => {
  await record('expiry', [task(1), task(2, 'a')]);

  const keys = (await withCache((redis) => redis.keys('journal:*:expiry*'))) ?? [];
  expect(keys).toHaveLength(3);
  for (const key of keys) expect(await withCache((redis) => redis.ttl(key))).toBeGreaterThan(0);
});

it('writes nothing for an empty batch', async () => {
  await record('empty', []);

  expect(await withCache((redis) => redis.keys('journal:*:empty*'))).toEqual([]);
});

it('takes the name of a queue from its ARN', () => {
  expect(queueOf('arn:aws:sqs:us-east-1:000000000000:jobs.fifo')).toBe('jobs.fifo');
});
