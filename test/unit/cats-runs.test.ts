// Runs and their lease: one at a time, also after a crash of its holder, and no run stays without an end.
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { Holder, RunRepository } from '../../functions/cats/run-repository.ts';
import { type CatsFixture, catsFixture, noCounts } from './cats-fixture.ts';

let cats: CatsFixture;
let runs: RunRepository;
beforeAll(async () => {
  cats = await catsFixture();
  runs = cats.runs;
});
afterAll(() => cats.stop());
beforeEach(() => cats.empty());

const request = () => cats.database.transaction((connection) => runs.request('r', connection));
const begin = (token: string) => runs.begin(token, 't');
const begun = async (token: string) => (await begin(token)) as Holder;
const succeed = (run: Holder, changed = true) => runs.succeed(run, 'stub', async () => ({ counts: noCounts, changed }));
const told = async (id: number) => (await runs.list(100)).find((run) => run.id === id);
const one = (found: readonly unknown[]) => found.filter((each) => each !== undefined);
const INTERRUPTED = /interrupted/;
const LOST = /lease was lost/;

describe('one at a time', () => {
  it('begins while it holds the lease, and the next when it has ended', async () => {
    const first = await begun('one');

    expect(await begin('two')).toBeUndefined();
    expect(await request()).toBeUndefined();
    await succeed(first);
    expect(await begin('two')).toEqual({ id: expect.any(Number), token: 'two' });
  });

  it('begins where many try at once', async () => {
    const tries = await Promise.all(Array.from({ length: 10 }, (_, n) => begin(`token ${n}`)));
    expect(one(tries)).toHaveLength(1);
    expect(await runs.list(100)).toHaveLength(1);
  });

  it('is asked for where many ask at once', async () => {
    const tries = await Promise.all(Array.from({ length: 10 }, request));
    expect(one(tries)).toHaveLength(1);
    expect(await runs.list(100)).toHaveLength(1);
  });

  it('begins after one that failed', async () => {
    const first = await begun('one');
    await runs.fail(first, 'stub', 'why');

    expect(await told(first.id)).toMatchObject({ state: 'failed', upstream: 'stub', error: 'why', endedAt: expect.any(String) });
    expect(await begin('two')).toBeDefined();
  });
});

describe('a run that was asked for', () => {
  it('keeps the lease until its function takes it, once', async () => {
    const id = (await request()) as number;

    expect(await told(id)).toMatchObject({ cause: 'request', state: 'requested', startedAt: null });
    expect((await runs.state()).held).toBe(true);
    expect(await begin('tick')).toBeUndefined();
    const taken = await Promise.all(['a', 'b', 'c'].map((token) => runs.take(id, token)));
    expect(one(taken)).toHaveLength(1);
    expect(await told(id)).toMatchObject({ state: 'running', startedAt: expect.any(String) });
  });

  it('whose function never came is begun by the next tick, as itself', async () => {
    const id = (await request()) as number;
    await cats.expire();

    expect(await begin('tick')).toEqual({ id, token: 'tick' });
    expect(await told(id)).toMatchObject({ cause: 'request', state: 'running' });
    expect(await runs.take(id, 'late')).toBeUndefined();
    await succeed({ id, token: 'tick' });
    expect(await runs.take(id, 'later')).toBeUndefined();
    expect(await runs.list(100)).toHaveLength(1);
  });

  it('is not taken while another one goes on, and not by who does not know it', async () => {
    const id = (await request()) as number;
    expect(await runs.take(id + 1, 'other')).toBeUndefined();
    await cats.expire();
    const other = await begun('tick');

    expect(other.id).toBe(id);
    expect(await runs.take(id, 'late')).toBeUndefined();
  });
});

describe('a holder that was killed', () => {
  it('leaves a run that is told as failed when its lease has run out, and the next one says so for good', async () => {
    const killed = await begun('killed');
    await cats.expire();

    expect(await told(killed.id)).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(INTERRUPTED),
      endedAt: expect.any(String),
    });
    expect((await runs.state()).held).toBe(false);
    const next = await begun('next');
    expect(await told(killed.id)).toMatchObject({ state: 'failed', error: expect.stringMatching(INTERRUPTED) });
    await succeed(next);
    expect(await told(killed.id)).toMatchObject({ state: 'failed' });
  });

  it('and comes back publishes nothing, whoever has the lease by then, and cannot change how it was told', async () => {
    const killed = await begun('killed');
    await cats.expire();
    await begun('next');
    let published = false;

    await expect(
      runs.succeed(killed, 'stub', async () => {
        published = true;
        return { counts: noCounts, changed: true };
      }),
    ).rejects.toThrow(LOST);
    await runs.fail(killed, 'stub', 'other');
    expect(published).toBe(false);
    expect(await runs.renew(killed)).toBe(false);
    expect(await told(killed.id)).toMatchObject({ error: expect.stringMatching(INTERRUPTED) });
    expect((await runs.state()).held).toBe(true);
  });

  it('makes way for one that is asked for, too', async () => {
    const killed = await begun('killed');
    await cats.expire();
    const id = (await request()) as number;

    expect(id).not.toBe(killed.id);
    expect(await told(killed.id)).toMatchObject({ state: 'failed' });
    expect(await runs.take(id, 'next')).toEqual({ id, token: 'next' });
  });
});

test('a lease is renewed while it lasts', async () => {
  const run = await begun('one');
  await cats.admin('UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3) + INTERVAL 1 SECOND');

  expect(await runs.renew(run)).toBe(true);
  const [{ left } = { left: 0 }] = await cats.rows<{ left: number }>(
    'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), lease_until) AS `left` FROM cats.synchroniser',
  );
  expect(left).toBeGreaterThan(10);
});

describe('a success', () => {
  it('counts a version where something changed, and none where nothing did', async () => {
    await succeed(await begun('one'), true);
    expect(await runs.state()).toMatchObject({ version: 1, upstream: 'stub', held: false });
    await succeed(await begun('two'), false);
    expect(await runs.state()).toMatchObject({ version: 1 });
  });

  it('that fails in its work is none: nothing is kept of it', async () => {
    const run = await begun('one');
    const work = runs.succeed(run, 'stub', async (connection) => {
      await connection.query("INSERT INTO categories (id, name) VALUES (1, 'hats')");
      throw new Error('no cache');
    });

    await expect(work).rejects.toThrow('no cache');
    expect(await cats.rows('SELECT * FROM cats.categories')).toEqual([]);
    expect(await told(run.id)).toMatchObject({ state: 'running' });
    expect(await runs.state()).toMatchObject({ version: 0, upstream: null, held: true });
  });
});

describe('the published version', () => {
  const seen = async (read: 'whilePublished' | 'unlessPublishing') => {
    const versions: number[] = [];
    await runs[read](async (version) => void versions.push(version));
    return versions;
  };

  it('is told to who waits for a publisher and to who does not', async () => {
    await succeed(await begun('one'));
    expect([await seen('whilePublished'), await seen('unlessPublishing')]).toEqual([[1], [1]]);
  });

  it('is told to nobody while another one is published: one waits for that, the other goes on without', async () => {
    const run = await begun('one');
    let waiting: Promise<number[]> | undefined;
    await runs.succeed(run, 'stub', async () => {
      waiting = seen('whilePublished');
      expect(await seen('unlessPublishing')).toEqual([]);
      return { counts: noCounts, changed: true };
    });
    expect(await waiting).toEqual([1]);
  });

  it('stays the same until who asked has ended', async () => {
    const run = await begun('one');
    let published: Promise<unknown> | undefined;
    await runs.unlessPublishing(async () => {
      published = succeed(run);
      expect((await runs.state()).version).toBe(0);
      await expect
        .poll(() => cats.rows("SELECT 1 FROM information_schema.processlist WHERE info LIKE '%synchroniser FOR UPDATE'"))
        .toHaveLength(1);
    });
    await published;
    expect((await runs.state()).version).toBe(1);
  });
});

test('what was long ago is forgotten, and nothing else', async () => {
  const ids: number[] = [];
  for (const token of ['old', 'recent', 'last']) {
    const run = await begun(token);
    await runs.fail(run, null, 'x'.repeat(3_000));
    ids.push(run.id);
  }
  await cats.admin('UPDATE cats.sync_runs SET ended_at = UTC_TIMESTAMP(3) - INTERVAL 8 DAY WHERE id = ?', [ids[0]]);
  await cats.admin('UPDATE cats.sync_runs SET ended_at = UTC_TIMESTAMP(3) - INTERVAL 6 DAY WHERE id = ?', [ids[1]]);
  await runs.forgetOld();

  expect((await runs.list(100)).map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  expect((await runs.list(1, ids[2])).map(({ id }) => id)).toEqual([ids[1]]);
  expect((await runs.list(1))[0]?.error).toHaveLength(2_000);
});
