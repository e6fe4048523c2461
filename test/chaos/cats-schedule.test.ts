// The synchroniser's schedule: off and on, beside runs that are asked for, over a restart, and where two begin at once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ScaledCats, scaledCats } from './cats/scaled-cats.ts';

/** The schedule's minute takes two seconds. */
const TIME_SCALE = 30;
const PERIOD_MS = 60_000 / TIME_SCALE;

const folder = mkdtempSync(join(tmpdir(), 'stackyard-schedule-'));
let cats: ScaledCats;
beforeAll(async () => {
  cats = await scaledCats(folder, TIME_SCALE);
});
afterAll(async () => {
  await cats.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ids = async () => (await cats.runs()).map(({ id }) => id);
const latest = async () => (await ids())[0] ?? 0;
const idle = () => eventually(async () => !(await cats.status()).running);
/** Nothing tells that something does not happen: only time does. */
const periods = (count: number) => {
  const until = performance.now() + count * PERIOD_MS;
  return eventually(() => performance.now() > until);
};

describe('a schedule', () => {
  test('runs again and again', async () => {
    await eventually(async () => (await ids()).length >= 3);
    await idle();

    const found = await cats.runs();
    expect(new Set(found.map(({ cause }) => cause))).toEqual(new Set(['schedule']));
    const starts = found.map(({ startedAt }) => Date.parse(startedAt as string)).toReversed();
    for (const [index, at] of starts.slice(1).entries()) {
      expect(at - (starts[index] as number)).toBeGreaterThan(PERIOD_MS / 2);
      expect(at - (starts[index] as number)).toBeLessThan(PERIOD_MS * 3);
    }
  });

  test('that was stopped does not run for three periods; what is asked for runs at once, once', async () => {
    expect(await cats.control('stop')).toEqual({ status: 200, body: { enabled: false } });
    await idle();
    const before = await ids();
    await periods(3);
    expect(await ids()).toEqual(before);

    const asked = performance.now();
    const { status, body } = await cats.control('run');
    expect(status).toBe(202);
    expect(await cats.ended(body.run as number)).toMatchObject({ cause: 'request', state: 'succeeded' });
    expect(performance.now() - asked).toBeLessThan(PERIOD_MS * 3);
    await periods(3);
    expect(await ids()).toEqual([body.run, ...before]);
    expect(await cats.status()).toMatchObject({ enabled: false, running: false, nextRun: null });
  });

  test('that was started runs again', async () => {
    const before = await latest();
    expect(await cats.control('start')).toEqual({ status: 200, body: { enabled: true } });

    const run = await eventually(async () => (await cats.runs()).find(({ id, cause }) => id > before && cause === 'schedule'));
    expect(await cats.ended(run.id)).toMatchObject({ state: 'succeeded' });
  });
});

describe('after a restart', () => {
  let before: number[];
  beforeAll(async () => {
    await cats.control('stop');
    await idle();
    before = await ids();
    await cats.stop();
    cats = await scaledCats(folder, TIME_SCALE);
  });

  test('a schedule that was stopped is stopped, and its past is known', async () => {
    expect(await cats.status()).toMatchObject({ enabled: false, nextRun: null, lastRun: { id: before[0] } });
    await periods(3);
    expect(await ids()).toEqual(before);
    expect(await cats.tick()).toEqual({ state: 'disabled' });
  });
});

describe('two at once', () => {
  /** A schedule that fires a minute from now: until then nothing happens by itself. */
  beforeAll(async () => {
    await cats.stop();
    cats = await scaledCats(folder, 1);
    await cats.control('start');
  });

  test('of two ticks one runs', async () => {
    const before = await latest();
    const states = (await Promise.all([cats.tick(), cats.tick()])).map(({ state }) => state);

    expect(states.sort()).toEqual(['left to another run', 'succeeded']);
    expect((await ids()).filter((id) => id > before)).toHaveLength(1);
  });

  test('of two requests one runs, the other one is told', async () => {
    const before = await latest();
    const answers = await Promise.all([cats.control('run'), cats.control('run')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const accepted = answers.find(({ status }) => status === 202)?.body.run as number;
    expect(await cats.ended(accepted)).toMatchObject({ state: 'succeeded' });
    expect((await ids()).filter((id) => id > before)).toEqual([accepted]);
  });

  test('a tick leaves a run alone that goes on', async () => {
    const before = await ids();
    await cats.sql("UPDATE cats.synchroniser SET lease_token = 'somebody', lease_until = UTC_TIMESTAMP(3) + INTERVAL 20 SECOND");

    expect(await cats.tick()).toEqual({ state: 'left to another run' });
    expect((await cats.control('run')).status).toBe(409);
    expect(await ids()).toEqual(before);
    await cats.sql('UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3)');
    expect(await cats.tick()).toMatchObject({ state: 'succeeded' });
  });

  test('a run that was asked for and whose function never came is begun by the next tick', async () => {
    await cats.sql(
      "INSERT INTO cats.sync_runs (cause, state, request_id, requested_at) VALUES ('request', 'requested', 'lost', UTC_TIMESTAMP(3))",
    );
    const id = await latest();
    await cats.sql('UPDATE cats.synchroniser SET lease_token = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL 20 SECOND', [
      `requested ${id}`,
    ]);
    expect(await cats.status()).toMatchObject({ running: true, lastRun: { id, state: 'requested' } });
    expect(await cats.tick()).toEqual({ state: 'left to another run' });
    await cats.sql('UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3)');

    expect(await cats.tick()).toMatchObject({ state: 'succeeded', run: id });
    expect(await cats.ended(id)).toMatchObject({ cause: 'request', state: 'succeeded' });
  });
});
