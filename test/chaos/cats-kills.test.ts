// The synchroniser's environment, the host, MariaDB and Redis are killed in the middle of runs that each bring another version of everything: readers see
// whole versions only, and none that is older than what a finished run has published.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chance } from '../support/chance.ts';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { signalled } from '../support/processes.ts';
import { hostedCats } from './cats/hosted-cats.ts';
import { inMidSync, type PlannedKill, planKills } from './cats/kills.ts';
import { type Readings, readUntil } from './cats/reader.ts';
import { served, toldBy } from './cats/served.ts';
import { type VersionedUpstream, versionedUpstream } from './cats/versioned-upstream.ts';
import { type Fault, strike } from './faults.ts';

/** `STACKYARD_KILLS=10` is ten times as many. */
const TIMES = Number(process.env.STACKYARD_KILLS ?? 1);
const FAULTS: readonly Fault[] = [
  ...Array<Fault>(9 * TIMES).fill('environments'),
  ...Array<Fault>(7 * TIMES).fill('mariadb'),
  ...Array<Fault>(4 * TIMES).fill('host'),
  ...Array<Fault>(3 * TIMES).fill('redis'),
];
const READERS = 3;
const TIMEOUT_MS = 300_000 * TIMES;
/** A run that has lost its database for a moment may go on, or say that it has failed. */
const SURVIVAL_MS = 4_000;

const random = chance();
const { seed } = random;
const killer = `${join(import.meta.dirname, '../support/environment-killer.ts')}?memory=512`;

let upstream: VersionedUpstream;
let app: HostedApp;
const cats = hostedCats(() => app);
/** What a finished run has published. */
let told = 0;

const begin = (again?: { dataDir: string; port: number }): Promise<HostedApp> =>
  startApp({
    flags: ['--no-kafka'],
    nodeFlags: ['--import', `file://${killer}`],
    environment: { CAT_API_URL: upstream.url, CAT_API_KEY: '' },
    ...again,
  });

beforeAll(async () => {
  upstream = await versionedUpstream();
  app = await begin();
  await cats.stopSchedule();
  expect(await goodRun()).toMatchObject({ state: 'succeeded', error: null });
});

afterAll(async () => {
  upstream?.release();
  await app?.stop();
  await app?.forget();
  await upstream?.stop();
});

/** Nothing is killed meanwhile, and what was killed before is back: a run without Redis fails, as it should. */
async function goodRun() {
  await cats.backendsUp();
  const run = await cats.endOf(await cats.startRun());
  if (run.state === 'succeeded') told = upstream.version;
  return run;
}

async function read<Result>(work: () => Promise<Result>): Promise<Readings> {
  const readings: Readings = { answers: 0, problems: [] };
  const over = new AbortController();
  const readers = Array.from({ length: READERS }, () => readUntil(over.signal, cats, random, () => told, readings));
  await work().finally(() => over.abort());
  await Promise.all(readers);
  return readings;
}

/** One run, and what becomes of it. */
async function killed(kill: PlannedKill, expire: boolean): Promise<string> {
  upstream.hold(kill.request ?? upstream.requestsOfARun);
  const id = await cats.startRun();
  await inMidSync(kill, upstream, async () => {
    app = await strike(kill.fault, app, () => begin({ dataDir: app.dataDir, port: Number(new URL(app.url).port) }));
  });
  const survives = kill.fault === 'mariadb' || kill.fault === 'redis';
  const ended = survives ? await cats.endOf(id, SURVIVAL_MS).catch(() => undefined) : undefined;
  if (!ended && expire) await cats.expireLease();
  const { state, error } = ended ?? (await cats.endOf(id));
  if (state === 'succeeded') told = upstream.version;
  else expect(error).not.toBe('');
  return state;
}

it(
  `publishes whole versions only, whatever is killed (seed ${seed})`,
  async () => {
    const ends: string[] = [];
    const readings = await read(async () => {
      const plan = planKills(FAULTS, upstream, random);
      const patient = plan.find(({ fault, request }) => fault === 'environments' && request !== undefined);
      // One waits until the lease has run out by itself.
      for (const kill of plan) ends.push(`${kill.fault} ${kill.request ?? 'publishing'}: ${await killed(kill, kill !== patient)}`);
    });
    expect(readings.problems).toEqual([]);
    expect(readings.answers).toBeGreaterThan(100);
    expect(ends.filter((end) => end.endsWith('failed')).length).toBeGreaterThan(FAULTS.length / 4);

    expect(await goodRun()).toMatchObject({ state: 'succeeded', error: null });
    expect(await served(cats.get)).toEqual(await toldBy(upstream.url));
    const states = new Set((await cats.runs())?.map(({ state }) => state));
    expect(states).toEqual(new Set(['failed', 'succeeded']));
  },
  TIMEOUT_MS,
);

it(
  'publishes nothing while Redis hangs, and nothing stale is served afterwards',
  async () => {
    const readings = await read(async () => {
      upstream.hold(upstream.requestsOfARun);
      const id = await cats.startRun();
      await eventually(() => upstream.holds);
      const before = told;
      signalled(app.backendPid('redis'), 'SIGSTOP');
      try {
        upstream.release();
        expect(await cats.endOf(id)).toMatchObject({
          state: 'failed',
          error: 'The cache cannot be reached, and old answers in it would stay',
        });
        expect(await cats.get('/api/v1/breeds/abys')).toMatchObject({ description: `v${before} of it` });
      } finally {
        signalled(app.backendPid('redis'), 'SIGCONT');
      }
      expect(await goodRun()).toMatchObject({ state: 'succeeded', error: null });
      expect(await served(cats.get)).toEqual(await toldBy(upstream.url));
    });
    expect(readings.problems).toEqual([]);
  },
  TIMEOUT_MS,
);
