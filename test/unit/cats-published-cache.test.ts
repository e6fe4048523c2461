// Cached answers of one published version, in a real Redis: whoever was slow leaves nothing behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { type PublishedCache, publishedCache } from '../../functions/cats/published-cache.ts';
import { resilientRedis } from '../../functions/shared/cache.ts';
import { log as serviceLog } from '../../functions/shared/logging.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-cats-cache-'));
const servers = backends({ dataDir, toolsDir: dataDir, kafka: false, log: createLog('error') });
let redis: Redis;
let url: string;
let cache: PublishedCache;

beforeAll(async () => {
  serviceLog.setLogLevel('SILENT');
  const { host, port } = await servers.redis();
  url = `redis://${host}:${port}`;
  process.env.REDIS_URL = url;
  redis = new Redis(url);
  cache = publishedCache(resilientRedis(1_000, 0));
});
afterAll(async () => {
  redis.disconnect();
  await servers.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(() => redis.flushall());

/** As the end of a run does it. */
async function publish(version: number): Promise<void> {
  await cache.withdraw();
  await cache.nameVersion(version);
}

describe('an answer', () => {
  it('is found where it was kept beside its version, and only for its question', async () => {
    await publish(1);
    await cache.keep(1, '["breeds"]', '{"a":1}\n[…]');

    expect(await cache.find('["breeds"]')).toBe('{"a":1}\n[…]');
    expect(await cache.find('["breeds",{}]')).toBeNull();
  });

  it('says where it is kept too early: no version has a name', async () => {
    expect(await cache.keep(1, 'q', 'early')).toBe(false);
    await publish(2);
    expect([await cache.keep(1, 'q', 'late'), await cache.keep(2, 'q', 'right')]).toEqual([true, true]);
    expect(await cache.find('q')).toBe('right');
  });

  it('is gone when another version is published', async () => {
    await publish(1);
    await cache.keep(1, 'q', 'old');
    await cache.withdraw();
    expect(await cache.find('q')).toBeNull();
    await cache.nameVersion(2);
    expect(await cache.find('q')).toBeNull();
  });

  it.each<[string, () => Promise<void>]>([
    ['before any version is named', async () => undefined],
    ['between the withdrawal and the next version', () => publish(1).then(() => cache.withdraw())],
    ['after the next version was named', () => publish(1).then(() => publish(2))],
    ['after one much later', () => publish(10).then(() => publish(11))],
  ])('of a reader that read before is not kept %s', async (_, meanwhile) => {
    await meanwhile();
    await cache.keep(1, 'q', 'old');
    expect(await cache.find('q')).toBeNull();
  });

  it('stays when a run names the version that is there', async () => {
    await publish(3);
    await cache.keep(3, 'q', 'answer');
    await cache.nameVersion(3);
    expect(await cache.find('q')).toBe('answer');
  });

  it('of a publisher that was killed before the commit can be kept again when the version is named', async () => {
    await publish(3);
    await cache.withdraw();
    await cache.nameVersion(3);
    await cache.keep(3, 'q', 'answer');
    expect(await cache.find('q')).toBe('answer');
  });

  it('of another life of the database goes, also where its version was higher', async () => {
    await publish(9);
    await cache.keep(9, 'q', 'old');
    await cache.nameVersion(1);
    expect(await cache.find('q')).toBeNull();
  });

  it('may have a question with the name of a field', async () => {
    await publish(1);
    await cache.keep(1, 'version', 'answer');
    expect(await cache.find('version')).toBe('answer');
    await cache.keep(1, 'q', 'kept');
    expect(await cache.find('q')).toBe('kept');
  });
});

test('there is room for many answers, and not for endless ones', async () => {
  await publish(1);
  const kept = Array.from({ length: 5_100 }, (_, n) => cache.keep(1, `q${n}`, 'answer'));
  await Promise.all(kept);
  expect(await redis.hlen('cats:published')).toBe(5_000);
});

test('where Redis is away nothing is found, and nobody may publish', async () => {
  process.env.REDIS_URL = 'redis://127.0.0.1:1';
  const away = publishedCache(resilientRedis(1_000, 0));

  expect(await away.find('q')).toBeUndefined();
  await away.keep(1, 'q', 'answer');
  await expect(away.withdraw()).rejects.toThrow('The cache cannot be reached, and old answers in it would stay');
  process.env.REDIS_URL = url;
});
