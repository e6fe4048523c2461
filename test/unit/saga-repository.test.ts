// The beginning and the end of sagas on a real MariaDB: an order has one running saga at most, and each saga one end.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type SagaFixture, sagaFixture } from './saga-fixture.ts';

let on: SagaFixture;
beforeAll(async () => {
  on = await sagaFixture();
});
afterAll(() => on?.stop());
beforeEach(() => on.only('o', 'other'));

const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

describe('a beginning', () => {
  it('gives what the saga is about, and logs it as running', async () => {
    expect(await on.begin('o')).toEqual({ status: 'open', attempt: 1, userId: 'u', items: [['i', 2, 5]], totalCost: 10 });
    expect(await on.statusOf('o')).toBe('checking out');
    expect(await on.sagaOf({ orderId: 'o', attempt: 1 })).toMatchObject({
      state: 'running',
      user_id: 'u',
      total_cost: 10,
      request_id: 'r1',
      reason: null,
      decided_at: null,
      finished_at: null,
      tries: 0,
    });
  });

  it('leaves the reconciler out until nobody can work on it any more', async () => {
    const { begun_at, due_at } = (await on.sagaOf(await on.begun('o'))) ?? {};

    expect((due_at?.getTime() ?? 0) - (begun_at?.getTime() ?? 0)).toBeGreaterThanOrEqual(30_000);
    expect(await on.sagas.due(10)).toEqual([]);
  });

  it('of an unknown order is none', async () => {
    expect(await on.begin('nothing')).toBeUndefined();
    expect(await on.sagas.ofOrder('nothing')).toEqual([]);
  });

  it.each(['o ', 'o'.repeat(37), ' o', 'O', 'ö', 'o\u0000', '', '😀', "o' OR '1'='1"])(
    'of an order that is only similar is none: %j',
    async (id) => {
      expect(await on.begin(id)).toBeUndefined();
      expect(await on.statusOf('o')).toBe('open');
    },
  );

  it('at the same time as others joins the one saga', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `o${n}`);
    await on.only(...ids);
    for (const id of ids) {
      const all = await times(8, () => on.begin(id));

      expect(all.map((begun) => begun?.attempt)).toEqual(Array(8).fill(1));
      expect(all.map((begun) => begun?.status).sort()).toEqual([...Array(7).fill('checking out'), 'open']);
      expect(await on.sagas.ofOrder(id)).toHaveLength(1);
    }
  });

  it('after a success finds the order paid', async () => {
    await on.sagas.complete(await on.begun('o'));

    expect(await on.begin('o')).toMatchObject({ status: 'paid', attempt: 1 });
    expect(await on.sagas.ofOrder('o')).toHaveLength(1);
  });

  it('after a failure is a new attempt', async () => {
    await on.sagas.abort(await on.begun('o'), 'User out of credit', false);

    expect(await on.begin('o')).toMatchObject({ status: 'open', attempt: 2 });
    expect((await on.sagas.ofOrder('o')).map(({ attempt, state }) => `${attempt} ${state}`)).toEqual(['1 compensating', '2 running']);
  });
});

describe('an end', () => {
  it('that is good makes the order paid, at once and for good', async () => {
    const saga = await on.begun('o');

    expect(await on.sagas.complete(saga)).toEqual({ state: 'succeeded', reason: null });
    expect(await on.statusOf('o')).toBe('paid');
    const row = await on.sagaOf(saga);
    expect(row?.finished_at).toEqual(row?.decided_at);
    expect(await on.sagas.complete(saga)).toEqual({ state: 'succeeded', reason: null });
    expect(await on.sagas.abort(saga, 'Requests error', false)).toEqual({ state: 'succeeded', reason: null });
    expect(await on.sagas.close(saga)).toBe(0);
    expect(await on.statusOf('o')).toBe('paid');
  });

  it('that is bad opens the order again; what was done is to be undone', async () => {
    const saga = await on.begun('o');

    expect(await on.sagas.abort(saga, 'User out of credit', false)).toEqual({ state: 'compensating', reason: 'User out of credit' });
    expect(await on.statusOf('o')).toBe('open');
    expect(await on.sagaOf(saga)).toMatchObject({ decided_at: expect.any(Date), finished_at: null });
    expect(await on.sagas.close(saga)).toBe(1);
    expect(await on.sagaOf(saga)).toMatchObject({ state: 'failed', reason: 'User out of credit', finished_at: expect.any(Date) });
    expect(await on.sagas.close(saga)).toBe(0);
  });

  it('that is bad before anything was done is final', async () => {
    const saga = await on.begun('o');

    expect(await on.sagas.abort(saga, 'Out of stock on item_id: i', true)).toEqual({
      state: 'failed',
      reason: 'Out of stock on item_id: i',
    });
    expect(await on.sagaOf(saga)).toMatchObject({ finished_at: expect.any(Date) });
  });

  it('that is bad is never turned: neither by a late completion nor by another reason', async () => {
    const saga = await on.begun('o');
    await on.sagas.abort(saga, 'User out of credit', false);

    expect(await on.sagas.complete(saga)).toEqual({ state: 'compensating', reason: 'User out of credit' });
    expect(await on.sagas.abort(saga, 'Requests error', true)).toEqual({ state: 'compensating', reason: 'User out of credit' });
    expect(await on.statusOf('o')).toBe('open');
  });

  it('of an earlier attempt leaves the present one alone', async () => {
    const first = await on.begun('o');
    await on.sagas.abort(first, 'User out of credit', false);
    const second = await on.begun('o');

    expect(await on.sagas.complete(first)).toMatchObject({ state: 'compensating' });
    expect(await on.sagas.abort(first, 'Requests error', false)).toMatchObject({ state: 'compensating' });
    expect(await on.statusOf('o')).toBe('checking out');
    expect(await on.sagas.complete(second)).toMatchObject({ state: 'succeeded' });
  });

  it('that is contested has one winner, and both see it', async () => {
    const winners = new Set<string>();
    for (let round = 0; round < 20; round++) {
      await on.only('o');
      const saga = await on.begun('o');
      const complete = () => on.sagas.complete(saga);
      const abort = () => on.sagas.abort(saga, 'Requests error', false);
      const seen = await Promise.all(round % 2 ? [complete(), abort(), complete()] : [abort(), complete(), abort()]);

      expect(new Set(seen.map(({ state }) => state)).size).toBe(1);
      expect(await on.statusOf('o')).toBe(seen[0].state === 'succeeded' ? 'paid' : 'open');
      winners.add(seen[0].state);
    }
    expect([...winners].sort()).toEqual(['compensating', 'succeeded']);
  });
});
