// What an upstream may do without failing a run: stumble once, break rows, say more than was asked for, and change its mind.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Job, jobs } from '../../functions/cats/routes.ts';
import type { FaultKind } from '../support/upstream/faults.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';
import { type BareSynchroniser, bareSynchroniser, PATIENCE } from './cats/bare-synchroniser.ts';
import { countsOfNews, countsOfNothing, isTold, makeNews } from './cats/news.ts';
import { found, foundIn, served, toldBy } from './cats/served.ts';

let upstream: Upstream;
let cats: BareSynchroniser;

beforeAll(async () => {
  upstream = await startUpstream();
  cats = await bareSynchroniser(upstream.url);
});

afterAll(async () => {
  await cats?.stop();
  await upstream?.stop();
});

beforeEach(async () => {
  upstream.reset();
  expect(await cats.run()).toMatchObject({ state: 'succeeded' });
  upstream.reset();
});

const asksOf = (job: Job) => upstream.requests.filter((asked) => asked.job === job);

/** Everything is as the upstream says, by all ways of asking. */
async function expectInStep(): Promise<void> {
  const now = await served(cats.get);
  expect(now).toEqual(await toldBy(upstream.url));
  expect(await found(cats.get, now)).toEqual(foundIn(now));
}

/** Requests of a run that meets no fault. */
const asks: Readonly<Record<Job, number>> = { breeds: 1, breedImages: 67, categories: 1, categoryImages: 2 };

describe.each(['429', '500', '503', 'reset'] as const)('%s once', (kind) => {
  it.each(jobs)('at %s is tried again, and the run succeeds', async (job) => {
    makeNews(upstream, job);
    upstream.fault({ job, kind, times: 1 });
    expect(await cats.run()).toMatchObject({ state: 'succeeded', counts: countsOfNews(job) });
    expect(asksOf(job)).toHaveLength(asks[job] + 1);
    expect(upstream.requests.every(({ headers }) => headers['x-api-key'] === cats.key)).toBe(true);
    await expectInStep();
  });
});

it.each([
  { kind: '429 in seconds', retryAfterSeconds: 1, least: 1_000, most: 2_500 },
  // A date has no milliseconds: up to a second of it is over already.
  { kind: '429 at a date', retryAfterSeconds: 2, least: 1_000, most: 3_500 },
  { kind: '429 in seconds', retryAfterSeconds: 3600, least: 2_000, most: 3_500 },
] as const)('$kind, Retry-After of $retryAfterSeconds s, is waited for, if it is not too long', async ({ least, most, ...fault }) => {
  upstream.fault({ job: 'breeds', times: 1, ...fault });
  expect(await cats.run({ ...PATIENCE, longestPauseMs: 2_000 })).toMatchObject({ state: 'succeeded' });
  const [first, second] = asksOf('breeds');
  const waited = (second?.at ?? 0) - (first?.at ?? 0);
  expect(waited).toBeGreaterThanOrEqual(least - 20);
  expect(waited).toBeLessThan(most);
});

/** Of three rows the second breaks; a breed has three pictures, each of two categories eight. */
const refused: Readonly<Record<Job, number>> = { breeds: 22, breedImages: 67, categories: 2, categoryImages: 6 };

describe.each(['missing id', 'missing name', 'wrong types'] as const)('rows with %s', (kind) => {
  it.each(jobs)('at %s are refused one by one: all that is published of them stays', async (job) => {
    const before = await served(cats.get);
    upstream.fault({ job, kind });
    // Of a broken row whose id can be read it is known that it has not gone.
    const hasIds = kind === 'missing name';
    expect(await cats.run()).toMatchObject({
      state: 'succeeded',
      counts: {
        ...countsOfNothing,
        ...(job === 'breeds' && !hasIds && { breedImages: { ...countsOfNothing.breedImages, fetched: (67 - 22) * 3 } }),
        ...(job === 'categories' && { categoryImages: expect.anything() }),
        [job]: { ...countsOfNothing[job], refused: refused[job], fetched: countsOfNothing[job].fetched - (hasIds ? 0 : refused[job]) },
      },
    });
    expect(await served(cats.get)).toEqual(before);
    upstream.heal();
    expect(await cats.run()).toMatchObject({ state: 'succeeded', counts: countsOfNothing });
  });
});

it.each([
  ...jobs.map((job) => [job, 'new fields'] as const),
  ['breeds', 'duplicates'],
  ['categories', 'duplicates'],
  ['categoryImages', 'duplicates'],
] as readonly [Job, FaultKind][])('at %s %s do no harm', async (job, kind) => {
  makeNews(upstream, job);
  upstream.fault({ job, kind });
  expect(await cats.run()).toMatchObject({ state: 'succeeded', counts: countsOfNews(job) });
  upstream.heal();
  await expectInStep();
});

it('good rows that change beside broken ones are published', async () => {
  makeNews(upstream, 'breeds');
  upstream.fault({ job: 'breeds', kind: 'missing name' });
  expect(await cats.run()).toMatchObject({ counts: { breeds: { fetched: 67, refused: 22, added: 0, changed: 1, removed: 0 } } });
});

it('where ids cannot be read, nothing is removed, though rows have gone as well', async () => {
  upstream.change('breeds', (rows) => rows.slice(1));
  upstream.fault({ job: 'breeds', kind: 'missing id' });
  expect(await cats.run()).toMatchObject({ state: 'succeeded', counts: { breeds: { removed: 0 }, breedImages: { removed: 0 } } });
  upstream.heal();
  expect(await cats.run()).toMatchObject({ counts: { breeds: { removed: 1 }, breedImages: { removed: 3 } } });
  await expectInStep();
});

it('what is new, has changed and has gone is published and counted exactly', async () => {
  upstream.change('breeds', ([first, second, ...others]) => {
    if (!first || !second) throw new Error('there are no breeds');
    return [{ ...second, name: 'Zulu' }, { ...first, id: 'newb', name: 'Aardcat', temperament: 'Bold, Shy' }, ...others.slice(1)];
  });
  upstream.change('categories', (rows) => [...rows.filter(({ id }) => id !== 2), { id: 99, name: 'lamps' }]);
  upstream.change('categoryImages', (rows) => {
    const told = rows.find(isTold);
    return rows.filter((row) => row !== told);
  });
  expect((await cats.run()).counts).toEqual({
    breeds: { fetched: 66, refused: 0, added: 1, changed: 1, removed: 2 },
    breedImages: { fetched: 195, refused: 0, added: 0, changed: 0, removed: 6 },
    categories: { fetched: 7, refused: 0, added: 1, changed: 0, removed: 1 },
    categoryImages: { fetched: 15, refused: 0, added: 0, changed: 7, removed: 1 },
  });
  await expectInStep();
});
