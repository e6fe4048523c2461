// `Idempotency-Key` against a real database: key, answer and effect are one transaction.
import { randomUUID } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connection, Database } from '../../functions/shared/database.ts';
import { type Answer, json, Refusal, text } from '../../functions/shared/http/answer.ts';
import { type Attempt, attempt, forgetExpired, idempotently, replayed } from '../../functions/shared/idempotency.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

const NOW = new Date('2026-03-29T12:00:00.000Z');
const hoursLater = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

let fixture: DatabaseFixture;
let database: Database;
beforeAll(async () => {
  fixture = await databaseFixture();
  database = fixture.database;
  await fixture.admin('CREATE TABLE pictures.effects (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100))');
});
afterAll(() => fixture.stop());

let key: string;
beforeEach(() => {
  key = randomUUID();
});

const trying = (changes: Partial<Attempt> = {}): Attempt => ({ key, scope: 'POST /things', payload: '{"a":1}', now: NOW, ...changes });
const effect = (answer: Answer) => async (connection: Connection) => {
  await connection.query('INSERT INTO effects (name) VALUES (?)', [key]);
  return answer;
};
const created = json({ id: 7 }, 201, { location: '/things/7' });
const other = json({ id: 8 }, 201, { location: '/things/8' });
const run = (changes?: Partial<Attempt>, answer = created) => idempotently(database, trying(changes), effect(answer));

async function effects(): Promise<number> {
  const [rows] = await database.query<RowDataPacket[]>('SELECT id FROM effects WHERE name = ?', [key]);
  return rows.length;
}
/** Status and message of a refusal. */
const refusal = async (work: Promise<unknown>) => {
  const error = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  const { statusCode, body } = (error as Refusal).answer;
  return `${statusCode} ${JSON.parse(body).message}`;
};

describe('the same key and payload', () => {
  it('has its effect once; the first answer comes again, marked', async () => {
    const first = await run();
    const again = await run({ now: hoursLater(1) }, other);

    expect(first).toBe(created);
    expect(again).toEqual({ ...created, headers: { ...created.headers, 'Idempotent-Replayed': 'true' } });
    expect(await effects()).toBe(1);
  });

  it('replays answers that are no JSON as they were', async () => {
    const answer = text('Checkout successful');
    await run({}, answer);

    expect(await run({})).toEqual({ ...answer, headers: { ...answer.headers, 'Idempotent-Replayed': 'true' } });
  });

  it('at the same time has its effect once; the others hear that it runs, or its answer', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => run({}, json({ n }, 201))));

    expect(await effects()).toBe(1);
    const told = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Refusal).answer));
    const firsts = told.filter(({ statusCode, headers }) => statusCode === 201 && !headers['Idempotent-Replayed']);
    expect(firsts).toHaveLength(1);
    for (const { statusCode, body } of told) expect([firsts[0]?.body, '409']).toContain(statusCode === 409 ? '409' : body);
  });

  it('while the first is still running is refused at once', async () => {
    const isRunning = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const first = idempotently(database, trying(), async (connection) => {
      isRunning.resolve();
      await release.promise;
      return effect(created)(connection);
    });
    await isRunning.promise;

    const told = await Promise.all([refusal(run()), refusal(replayed(database, trying()))]).finally(release.resolve);

    expect(told).toEqual(Array(2).fill('409 A request with this Idempotency-Key is still running'));
    expect(await first).toBe(created);
    expect(await run()).toMatchObject({ headers: { 'Idempotent-Replayed': 'true' } });
    expect(await effects()).toBe(1);
  });

  it('is replayed also while another replay is looking at it', async () => {
    await run();
    const [{ id }] = (await fixture.admin('SELECT id FROM pictures.idempotency_keys')) as [{ id: string }];

    await database.transaction(async (connection) => {
      await connection.query('SELECT * FROM idempotency_keys WHERE id = ? FOR UPDATE', [id]);
      expect(await run()).toMatchObject({ body: created.body, headers: { 'Idempotent-Replayed': 'true' } });
    });
  });

  it('is forgotten after 24 hours', async () => {
    await run();

    expect(await run({ now: hoursLater(23.9) }, other)).toMatchObject({ body: created.body });
    expect(await run({ now: hoursLater(24) }, other)).toBe(other);
    expect(await effects()).toBe(2);
  });
});

describe('a key', () => {
  it('with another payload is refused', async () => {
    await run();

    expect(await refusal(run({ payload: '{"a":2}' }))).toBe('422 This Idempotency-Key was used with another payload');
    expect(await effects()).toBe(1);
  });

  it('of another route is another key', async () => {
    await run();

    expect(await run({ scope: 'POST /others' }, other)).toBe(other);
  });

  it('does not stand in the way of other keys: none has to run twice', async () => {
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        idempotently(database, trying({ key: `${key}-${n}` }), (connection) => {
          runs++;
          return effect(created)(connection);
        }),
      ),
    );

    expect(answers).toHaveLength(64);
    expect(runs).toBe(64);
    expect(await effects()).toBe(64);
  });

  it('that is missing makes a plain transaction', async () => {
    await run({ key: undefined });
    await run({ key: undefined });

    expect(await effects()).toBe(2);
  });

  it.each(['', 'k'.repeat(256)])('of a length that is not allowed is refused: %#', async (bad) => {
    expect(await refusal(run({ key: bad }))).toBe('400 Idempotency-Key must have 1 to 255 characters');
    expect(await effects()).toBe(0);
  });

  it('comes from the header of the request', () => {
    const header = (name: string) => (name === 'idempotency-key' ? 'abc' : undefined);

    const request = { header, path: { id: '7' }, rawBody: '{}' } as never;
    expect(attempt({ method: 'POST', path: '/a/{id}' }, request, NOW)).toEqual({
      key: 'abc',
      scope: 'POST /a/{id}',
      payload: '{"id":"7"}\n{}',
      now: NOW,
    });
  });
});

it('an effect that fails leaves neither effect nor key behind', async () => {
  const failing = idempotently(database, trying(), async (connection) => {
    await effect(created)(connection);
    throw new Refusal(json({ message: 'no' }, 404));
  });

  expect(await refusal(failing)).toBe('404 no');
  expect(await effects()).toBe(0);
  expect(await run()).toBe(created);
});

it('expired keys can be cleared away, and no others', async () => {
  await run({ now: hoursLater(-24) });
  await run({ scope: 'POST /kept', now: hoursLater(-23) }, other);

  await forgetExpired(database, NOW);

  const rows = await fixture.admin('SELECT COUNT(*) AS n FROM pictures.idempotency_keys WHERE expires_at <= ?', [NOW]);
  expect(rows).toEqual([{ n: 0 }]);
  expect(await replayed(database, trying({ scope: 'POST /kept' }))).toMatchObject({ body: other.body });
});

describe('what was answered before', () => {
  it('can be asked for without starting anything', async () => {
    expect(await replayed(database, trying())).toBeUndefined();
    await run();

    expect(await replayed(database, trying())).toMatchObject({ statusCode: 201, body: created.body });
    expect(await refusal(replayed(database, trying({ payload: 'x' })))).toMatch(/^422 /);
    expect(await replayed(database, trying({ key: undefined }))).toBeUndefined();
    expect(await replayed(database, trying({ now: hoursLater(24) }))).toBeUndefined();
    expect(await effects()).toBe(1);
  });
});
