// Whatever goes wrong with the upstream, at whichever job: what was served is served on, whole; the run says why it failed; the next good one has everything.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Job, jobs } from '../../functions/cats/routes.ts';
import type { Patience } from '../../functions/cats/upstream/client.ts';
import type { Image } from '../../functions/cats/upstream-stub/images.ts';
import type { FaultKind } from '../support/upstream/faults.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';
import { type BareSynchroniser, bareSynchroniser, PATIENCE } from './cats/bare-synchroniser.ts';
import { countsOfNews, isTold, makeNews } from './cats/news.ts';
import { found, served, toldBy } from './cats/served.ts';

/** Kinds that last, with what a person is told. */
const reasons: Readonly<Partial<Record<FaultKind, RegExp>>> = {
  '429': /status code 429/,
  '429 in seconds': /status code 429/,
  '429 at a date': /status code 429/,
  '401': /status code 401/,
  '500': /status code 500/,
  '503': /status code 503/,
  hang: /no whole answer within 2 s/,
  'hang after headers': /no whole answer within 2 s/,
  cut: /other side closed/,
  truncated: /not JSON, or only half of it/,
  html: /not JSON, or only half of it/,
  'not a list': /what came is no list/,
  empty: /\d+ of \d+ \w+ \(100 %\) would be removed, more than 20 %/,
  'wrong count': /told of \d+ rows and gave \d+/,
  reset: /ECONNRESET|other side closed/,
  redirect: /unexpected redirect/,
  'redirect loop': /unexpected redirect/,
  huge: /more than 5000000 bytes/,
};
const PATHS: Readonly<Record<Job, string>> = {
  breeds: '/breeds',
  breedImages: '/images/search',
  categories: '/categories',
  categoryImages: '/images/search',
};
const TRIES = 4;
/** The function waits for 5 s. */
const HURRIED = { ...PATIENCE, tryMs: 2_000 };

let upstream: Upstream;
let cats: BareSynchroniser;

beforeAll(async () => {
  upstream = await startUpstream();
  cats = await bareSynchroniser(upstream.url);
  expect(await cats.run()).toMatchObject({ state: 'succeeded' });
});

afterAll(async () => {
  await cats?.stop();
  await upstream?.stop();
});

async function everything() {
  const now = await served(cats.get);
  return { now, found: await found(cats.get, now), stored: await cats.stored() };
}

/** The run of a spoiled upstream changes nothing, and a good one afterwards serves what is new. */
async function withstands(job: Job, reason: RegExp, patience: Patience): Promise<void> {
  const before = await everything();
  makeNews(upstream, job);
  const asked = upstream.requests.length;
  const failed = await cats.run(patience);
  expect(failed).toMatchObject({ state: 'failed', counts: null, upstream: 'configured', error: expect.stringMatching(reason) });
  expect(await everything()).toEqual(before);
  expectPatience(asked);

  upstream.heal();
  upstream.release();
  expect(await cats.run()).toMatchObject({ state: 'succeeded', error: null, counts: countsOfNews(job) });
  const after = await served(cats.get);
  expect(after).toEqual(await toldBy(upstream.url));
  expect(after).not.toEqual(before.now);
}

/** Nothing is asked for more than four times in a run, and always with the key. */
function expectPatience(after: number): void {
  const tries = new Map<string, number>();
  for (const { path, query, headers } of upstream.requests.slice(after)) {
    expect(headers['x-api-key']).toBe(cats.key);
    const target = `${path} ${JSON.stringify(query)}`;
    tries.set(target, (tries.get(target) ?? 0) + 1);
  }
  expect(Math.max(...tries.values())).toBeLessThanOrEqual(TRIES);
}

describe.each(Object.entries(reasons) as [FaultKind, RegExp][])('upstream: %s', (kind, reason) => {
  // A breed has more pictures than the three that are asked for, for all anybody knows.
  it.each(jobs.filter((job) => !(kind === 'wrong count' && job === 'breedImages')))(
    'at %s changes nothing, is told, and is over with the next good run',
    async (job) => {
      upstream.fault({ job, kind });
      await withstands(job, reason, kind.startsWith('hang') ? HURRIED : PATIENCE);
      if (kind !== 'empty') expect((await cats.runs.list(2))[1]?.error).toContain(PATHS[job]);
    },
  );
});

describe('more than a fifth is gone', () => {
  it.each(jobs)('of %s: nothing is removed', async (job) => {
    let whole: readonly unknown[] = [];
    upstream.change(job, (rows) => {
      whole = rows;
      const told = (rows as readonly object[]).filter((row) => !('categoryIds' in row) || isTold(row as Image));
      return told.slice(Math.ceil(told.length * 0.25)) as never;
    });
    const before = await everything();
    expect(await cats.run()).toMatchObject({ state: 'failed', error: expect.stringMatching(/would be removed, more than 20 %/) });
    expect(await everything()).toEqual(before);

    upstream.change(job, () => whole as never);
    expect(await cats.run()).toMatchObject({ state: 'succeeded' });
    expect(await everything()).toEqual(before);
  });
});
