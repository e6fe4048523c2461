// The saga log as the reconciler and operators use it, on a real MariaDB.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SagaId, SagaRow } from '../../functions/orders/saga-repository.ts';
import { GRACE_SECONDS, type SagaFixture, sagaFixture } from './saga-fixture.ts';

let on: SagaFixture;
beforeAll(async () => {
  on = await sagaFixture();
});
afterAll(() => on?.stop());
beforeEach(() => on.only('a', 'b', 'c'));

const row = async (saga: SagaId) => (await on.sagaOf(saga)) as SagaRow;
const ids = (rows: readonly SagaRow[]) => rows.map(({ order_id }) => order_id);

describe('sagas that are due', () => {
  it('are those that run or compensate when their grace is over, the longest due first, up to a number', async () => {
    await on.compensating('b');
    await on.makeDue(100);
    await on.begun('a');
    await on.makeDue(100);
    await on.sagas.complete(await on.begun('c'));
    await on.makeDue(100);

    expect(ids(await on.sagas.due(10))).toEqual(['b', 'a']);
    expect(ids(await on.sagas.due(1))).toEqual(['b']);
  });

  it('are none before', async () => {
    await on.begun('a');
    await on.compensating('b');
    await on.makeDue(GRACE_SECONDS - 5);

    expect(await on.sagas.due(10)).toEqual([]);
  });
});

describe('taking a saga', () => {
  it('makes it due later, and counts', async () => {
    const saga = await on.compensating('a');
    await on.makeDue();

    expect(await on.sagas.take(await row(saga), 30)).toBe(true);
    expect(await row(saga)).toMatchObject({ tries: 1, state: 'compensating' });
    expect(await on.sagas.due(10)).toEqual([]);
  });

  it('is for one of those that saw it', async () => {
    const saga = await on.compensating('a');
    const seen = await row(saga);
    const taken = await Promise.all(Array.from({ length: 8 }, () => on.sagas.take(seen, 30)));

    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await row(saga)).toMatchObject({ tries: 1 });
  });

  it('fails when it has come to its end', async () => {
    const saga = await on.compensating('a');
    const seen = await row(saga);
    await on.sagas.close(saga);

    expect(await on.sagas.take(seen, 30)).toBe(false);
  });
});

describe('a parked saga', () => {
  it('is not due any more, until it is replayed: then at once, with all its tries', async () => {
    const saga = await on.compensating('a');
    await on.makeDue();
    await on.sagas.take(await row(saga), 3600);
    expect(await on.sagas.park(saga)).toBe(1);
    expect(await row(saga)).toMatchObject({ state: 'parked', tries: 1 });
    expect(await on.sagas.due(10)).toEqual([]);

    expect(await on.sagas.replay('a')).toBe(1);

    expect(await row(saga)).toMatchObject({ state: 'compensating', tries: 0 });
    expect(ids(await on.sagas.due(10))).toEqual(['a']);
    expect(await on.sagas.replay('a')).toBe(0);
  });

  it('can still be closed by whoever undid it late', async () => {
    const saga = await on.compensating('a');
    await on.sagas.park(saga);

    expect(await on.sagas.close(saga)).toBe(1);
    expect(await row(saga)).toMatchObject({ state: 'failed' });
  });

  it('is one that was to be undone: others are not parked', async () => {
    const running = await on.begun('a');
    const succeeded = await on.begun('b');
    await on.sagas.complete(succeeded);

    expect([await on.sagas.park(running), await on.sagas.park(succeeded)]).toEqual([0, 0]);
  });

  it('of another order is not replayed', async () => {
    await on.sagas.park(await on.compensating('a'));

    expect(await on.sagas.replay('b')).toBe(0);
    expect(ids(await on.sagas.inStates(['parked'], 10))).toEqual(['a']);
  });
});

it('sagas are listed by their states, the oldest first, up to a number', async () => {
  await on.compensating('b');
  await on.admin("UPDATE orders.sagas SET begun_at = begun_at - INTERVAL 1 MINUTE WHERE order_id = 'b'");
  await on.begun('a');
  await on.sagas.complete(await on.begun('c'));

  expect(ids(await on.sagas.inStates(['running', 'compensating', 'parked'], 10))).toEqual(['b', 'a']);
  expect(ids(await on.sagas.inStates(['running', 'compensating', 'parked'], 1))).toEqual(['b']);
  expect(ids(await on.sagas.inStates(['succeeded'], 10))).toEqual(['c']);
  expect(await on.sagas.inStates(['failed'], 10)).toEqual([]);
});

it('keys that have expired are forgotten', async () => {
  await on.sagas.begin('a', 'r1', GRACE_SECONDS, { id: 'k1', execution: 'e1' });
  await on.sagas.begin('b', 'r1', GRACE_SECONDS, { id: 'k2', execution: 'e2' });
  await on.admin("UPDATE orders.checkout_keys SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE id = 'k1'");

  expect(await on.sagas.findKey('k1')).toBeUndefined();
  expect(await on.sagas.forgetExpiredKeys()).toBe(1);
  expect(await on.sagas.findKey('k2')).toEqual({ order_id: 'b', attempt: 1, execution: 'e2' });
});
