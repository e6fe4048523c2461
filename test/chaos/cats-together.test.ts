// Runs that meet: one goes on, and who was stopped for so long that another one took over harms nobody when it wakes up.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Holder, LEASE_LOST } from '../../functions/cats/run-repository.ts';
import { eventually } from '../support/eventually.ts';
import { startUpstream, type Upstream } from '../support/upstream/upstream.ts';
import { type BareSynchroniser, bareSynchroniser } from './cats/bare-synchroniser.ts';
import { countsOfNews, makeNews } from './cats/news.ts';
import { served, toldBy } from './cats/served.ts';

const TOGETHER = 12;

let upstream: Upstream;
let cats: BareSynchroniser;

beforeAll(async () => {
  upstream = await startUpstream();
  cats = await bareSynchroniser(upstream.url);
  expect(await cats.run()).toMatchObject({ state: 'succeeded' });
});

afterAll(async () => {
  upstream?.release();
  await cats?.stop();
  await upstream?.stop();
});

beforeEach(() => upstream.heal());

const begin = () => cats.runs.begin(randomUUID(), 'test');
const ask = () => cats.database.transaction((connection) => cats.runs.request('test', connection));
const allAtOnce = <Result>(work: () => Promise<Result>) => Promise.all(Array.from({ length: TOGETHER }, work));
const expire = () => cats.admin('UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND');
const recordOf = async ({ id }: Holder) => (await cats.runs.list(100)).find((run) => run.id === id);

async function begun(): Promise<Holder> {
  const holder = await begin();
  if (!holder) throw new Error('another run goes on');
  return holder;
}

it('of many that begin at once one runs', async () => {
  const before = (await cats.runs.list(100)).length;
  const holders = (await allAtOnce(begin)).filter((holder) => holder !== undefined);
  expect(holders).toHaveLength(1);
  expect(await cats.runs.list(100)).toHaveLength(before + 1);
  expect(await cats.synchronise(holders[0] as Holder)).toMatchObject({ state: 'succeeded' });
});

it('of many that ask for a run at once one gets it, and of many functions that were called for it one takes it', async () => {
  const asked = await allAtOnce(ask);
  const [id, ...others] = asked.filter((run) => run !== undefined);
  expect(others).toEqual([]);
  const holders = (await allAtOnce(() => cats.runs.take(id as number, randomUUID()))).filter((holder) => holder !== undefined);
  expect(holders).toHaveLength(1);
  expect(await begin()).toBeUndefined();
  expect(await cats.synchronise(holders[0] as Holder)).toMatchObject({ state: 'succeeded', run: id });
});

it('a run that was asked for and never began is the one that is asked for next', async () => {
  const first = await ask();
  await expire();
  expect(await ask()).toBe(first);
  await expire();
  const holder = await begun();
  expect(holder.id).toBe(first);
  expect(await cats.synchronise(holder)).toMatchObject({ state: 'succeeded' });
});

it('a run that hangs while another one takes over and publishes does not publish any more', async () => {
  makeNews(upstream, 'breeds');
  upstream.fault({ job: 'categoryImages', kind: 'hang', times: 1 });
  const slow = await begun();
  const outcome = cats.synchronise(slow);
  await eventually(() => upstream.hanging > 0);
  await expire();

  makeNews(upstream, 'breeds');
  const quick = await begun();
  expect(await cats.synchronise(quick)).toMatchObject({ state: 'succeeded', counts: countsOfNews('breeds') });
  const published = await cats.stored();
  upstream.release();
  expect(await outcome).toMatchObject({ state: 'failed', error: LEASE_LOST });
  expect(await cats.stored()).toEqual(published);
  expect(await served(cats.get)).toEqual(await toldBy(upstream.url));
  expect(await recordOf(slow)).toMatchObject({ state: 'failed', error: expect.stringMatching(/^It was interrupted/) });
  expect(await recordOf(quick)).toMatchObject({ state: 'succeeded' });
});

it('a run that was stopped before its first step takes nothing away from the one that goes on', async () => {
  const stopped = await begun();
  await expire();
  makeNews(upstream, 'breeds');
  upstream.fault({ job: 'categoryImages', kind: 'hang', times: 1 });
  const going = await begun();
  const outcome = cats.synchronise(going);
  await eventually(() => upstream.hanging > 0);
  expect(await cats.synchronise(stopped)).toMatchObject({ state: 'failed', error: LEASE_LOST });
  upstream.release();
  expect(await outcome).toMatchObject({ state: 'succeeded', counts: countsOfNews('breeds') });
  expect(await served(cats.get)).toEqual(await toldBy(upstream.url));
});

it('a lease that ran out is lost, though nobody took it: its run has been told as failed', async () => {
  makeNews(upstream, 'breeds');
  upstream.fault({ job: 'categoryImages', kind: 'hang', times: 1 });
  const before = await cats.stored();
  const slow = await begun();
  const outcome = cats.synchronise(slow);
  await eventually(() => upstream.hanging > 0);
  await expire();
  expect(await recordOf(slow)).toMatchObject({ state: 'failed' });
  upstream.release();
  expect(await outcome).toMatchObject({ state: 'failed', error: LEASE_LOST });
  expect(await cats.stored()).toEqual(before);
});

it('while a version is being named nobody publishes another one', async () => {
  makeNews(upstream, 'breeds');
  upstream.fault({ job: 'categoryImages', kind: 'hang', times: 1 });
  const before = await cats.stored();
  const outcome = cats.synchronise(await begun());
  await eventually(() => upstream.hanging > 0);
  const [named, ended] = [Promise.withResolvers<number>(), Promise.withResolvers<void>()];
  const naming = cats.runs.whilePublished(async (version) => {
    named.resolve(version);
    await ended.promise;
  });
  const version = await named.promise;
  upstream.release();
  await eventually(async () => {
    // Nothing but a lock keeps it for so long.
    const waiting = await cats.admin(
      "SELECT 1 FROM information_schema.processlist WHERE info LIKE '%FROM synchroniser FOR UPDATE' AND time_ms > 200",
    );
    return (waiting as unknown[]).length > 0;
  });
  expect(await cats.stored()).toEqual(before);
  ended.resolve();
  await naming;
  expect(await outcome).toMatchObject({ state: 'succeeded', counts: countsOfNews('breeds') });
  expect((await cats.runs.state()).version).toBe(version + 1);
});
