// Faults of the upstream through the whole application, with the patience that the function really has.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import type { Fault } from '../support/upstream/faults.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';
import { hostedCats } from './cats/hosted-cats.ts';
import { countsOfNews, makeNews } from './cats/news.ts';
import { found, served, toldBy } from './cats/served.ts';

const KEY = 'live_key';
const TOGETHER = 12;

let upstream: Upstream;
let app: HostedApp;
const cats = hostedCats(() => app);

beforeAll(async () => {
  upstream = await startUpstream();
  app = await startApp({ flags: ['--no-kafka'], environment: { CAT_API_URL: upstream.url, CAT_API_KEY: KEY } });
  await cats.stopSchedule();
  expect(await cats.endOf(await cats.startRun())).toMatchObject({ state: 'succeeded', upstream: 'configured' });
});

afterAll(async () => {
  upstream?.release();
  await app?.stop();
  await app?.forget();
  await upstream?.stop();
});

async function everything() {
  const now = await served(cats.get);
  return { now, found: await found(cats.get, now) };
}

it.each([
  [{ job: 'breeds', kind: 'hang' }, '/breeds failed: there was no whole answer within 5 s'],
  [{ job: 'categoryImages', kind: 'hang after headers' }, '/images/search failed: there was no whole answer within 5 s'],
  [{ job: 'categories', kind: 'cut' }, '/categories failed: terminated (other side closed)'],
  [{ job: 'breedImages', kind: '503' }, '/images/search failed: Request failed with status code 503'],
  [{ job: 'categories', kind: '429 in seconds', retryAfterSeconds: 1 }, '/categories failed: Request failed with status code 429'],
] as const satisfies [Fault, string][])('%o changes nothing, is told, and is over with the next good run', async (fault, reason) => {
  const before = await everything();
  makeNews(upstream, fault.job);
  upstream.fault(fault);
  const failed = await cats.endOf(await cats.startRun());
  expect(failed).toMatchObject({ state: 'failed', counts: null, error: expect.stringContaining(reason) });
  expect(await everything()).toEqual(before);

  upstream.heal();
  upstream.release();
  expect(await cats.endOf(await cats.startRun())).toMatchObject({ state: 'succeeded', counts: countsOfNews(fault.job) });
  expect(await served(cats.get)).toEqual(await toldBy(upstream.url));
  expect(upstream.requests.filter(({ headers }) => headers['x-api-key'] === KEY).length).toBeGreaterThan(0);
});

it('of many that ask for a run at once one gets it, and it runs once', async () => {
  const runsBefore = (await cats.runs())?.length ?? 0;
  upstream.fault({ job: 'breeds', kind: 'hang', times: 1 });
  const answers = await Promise.all(Array.from({ length: TOGETHER }, () => cats.ask('/api/v1/sync/run', 'POST')));
  upstream.heal();
  const statuses = answers.map((answer) => answer?.status).sort();
  expect(statuses).toEqual([202, ...Array(TOGETHER - 1).fill(409)]);
  const accepted = answers.find((answer) => answer?.status === 202)?.body ?? '{}';
  upstream.release();
  await cats.endOf((JSON.parse(accepted) as { run: number }).run);
  expect(await cats.runs()).toHaveLength(runsBefore + 1);
});
