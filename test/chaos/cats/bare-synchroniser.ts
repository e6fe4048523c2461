// The synchroniser and the query API in this process, on a real MariaDB and a real Redis: with less patience than the function has.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../../functions/cats/catalogue.ts';
import { catalogueRepository } from '../../../functions/cats/catalogue-repository.ts';
import { publishedCache } from '../../../functions/cats/published-cache.ts';
import type { Run } from '../../../functions/cats/routes.ts';
import { runRepository } from '../../../functions/cats/run-repository.ts';
import { staging } from '../../../functions/cats/sync/staging.ts';
import { synchroniser } from '../../../functions/cats/sync/synchronise.ts';
import { tables } from '../../../functions/cats/sync/tables.ts';
import { type Patience, upstreamClient } from '../../../functions/cats/upstream/client.ts';
import { resilientRedis } from '../../../functions/shared/cache.ts';
import { backends } from '../../../local/backends/provision.ts';
import { createLog } from '../../../local/log.ts';
import { databaseFixture } from '../../unit/database-fixture.ts';
import type { Get } from './served.ts';

export const PATIENCE: Patience = { tryMs: 5_000, pauseMs: 5, longestPauseMs: 60 };
const CACHE_DEADLINE_MS = 1_000;
const KEY = 'live_key';

export async function bareSynchroniser(upstreamUrl: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-cats-'));
  const servers = backends({ dataDir, toolsDir: join(dataDir, 'tools'), kafka: false, log: createLog('error') });
  const [fixture, { host, port }] = await Promise.all([databaseFixture('cats'), servers.redis()]);
  process.env.REDIS_URL = `redis://${host}:${port}`;
  const cats = fixture.database;
  const runs = runRepository(cats);
  let patience = PATIENCE;
  const withCache = resilientRedis(CACHE_DEADLINE_MS, 0);
  const cache = publishedCache(withCache);
  const synchronise = synchroniser({
    runs,
    staging: staging(cats),
    cache,
    choose: async () => ({ kind: 'configured', url: upstreamUrl, key: KEY }),
    connect: (address, signal) => upstreamClient(address, signal, patience),
  });

  return {
    key: KEY,
    database: cats,
    runs,
    synchronise,
    admin: fixture.admin,
    /** The record of a run that has ended. */
    async run(given: Patience = PATIENCE): Promise<Run> {
      patience = given;
      const holder = await runs.begin(randomUUID(), 'test');
      if (!holder) throw new Error('another run goes on');
      await synchronise(holder);
      const [latest] = await runs.list(1);
      if (latest?.id !== holder.id) throw new Error('the run was not recorded');
      return latest;
    },
    /** The query API, through its cache. */
    get: getFrom(catalogue(catalogueRepository(cats), cache, () => runs.unlessPublishing(cache.nameVersion))),
    /** All that is published, as the database has it, whatever the cache says. */
    stored: () => Promise.all(tables.map(({ published }) => fixture.admin(`SELECT * FROM cats.${published}`))),
    async stop(): Promise<void> {
      await withCache(async (redis) => redis.disconnect());
      await Promise.all([fixture.stop(), servers.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type BareSynchroniser = Awaited<ReturnType<typeof bareSynchroniser>>;

/** The paths that `served` asks for. */
const getFrom =
  (api: ReturnType<typeof catalogue>): Get =>
  async <Value>(path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://cats');
    const [kind, id] = pathname.replace('/api/v1/', '').split('/');
    const query = Object.fromEntries(searchParams);
    const answer = async () => {
      if (kind === 'breeds') return id === undefined ? api.breeds(query) : api.breed(id);
      if (kind === 'categories') return id === undefined ? api.categories() : api.category(id);
      return api.images({ breed: undefined, category: undefined, limit: Number(query.limit), page: Number(query.page) });
    };
    return JSON.parse((await answer()).body) as Value;
  };
