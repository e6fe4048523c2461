// The step ledger of payment on a real MariaDB: each step once, never below zero, and an undo that comes first keeps its do out.
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { paymentLedger } from '../../functions/payment/ledger.ts';
import { paymentRepository } from '../../functions/payment/repository.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

let fixture: DatabaseFixture;
let ledger: ReturnType<typeof paymentLedger>;
let users: ReturnType<typeof paymentRepository>;

beforeAll(async () => {
  fixture = await databaseFixture('payment');
  ledger = paymentLedger(fixture.database);
  users = paymentRepository(fixture.database);
});
afterAll(() => fixture?.stop());

beforeEach(async () => {
  await fixture.admin('DELETE FROM payment.saga_steps');
  await fixture.admin('DELETE FROM payment.users');
  await fixture.admin("INSERT INTO payment.users (id, credit) VALUES ('rich', 100), ('poor', 0)");
});

const creditOf = async (id: string) => (await users.find(id))?.credit;
const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const later = () => new Date(Date.now() + 60_000);

describe('a charge', () => {
  it('takes the amount, to the last of the credit', async () => {
    expect(await ledger.charge('o/1', 'rich', 100)).toEqual({ state: 'done' });
    expect(await creditOf('rich')).toBe(0);
  });

  it('of more than there is takes nothing', async () => {
    expect(await ledger.charge('o/1', 'rich', 101)).toEqual({ state: 'refused' });
    expect(await creditOf('rich')).toBe(100);
  });

  it('of a user that does not exist is refused, also when it is of nothing', async () => {
    expect(await ledger.charge('o/1', 'nobody', 1)).toEqual({ state: 'refused' });
    expect(await ledger.charge('o/2', 'nobody', 0)).toEqual({ state: 'refused' });
  });

  it('of nothing is done, with credit and without', async () => {
    expect(await ledger.charge('o/1', 'rich', 0)).toEqual({ state: 'done' });
    expect(await ledger.charge('o/2', 'poor', 0)).toEqual({ state: 'done' });
    expect([await creditOf('rich'), await creditOf('poor')]).toEqual([100, 0]);
  });

  it('happens once, however often and at whatever time it is asked for', async () => {
    expect(await times(8, () => ledger.charge('o/1', 'rich', 30))).toEqual(Array(8).fill({ state: 'done' }));
    expect(await creditOf('rich')).toBe(70);
    expect(await ledger.ofSagas(['o/1'])).toMatchObject([{ saga_id: 'o/1', state: 'done', calls: 8, undone_at: null }]);
  });

  it('that was refused stays refused when there is credit again', async () => {
    await ledger.charge('o/1', 'poor', 5);
    await fixture.admin("UPDATE payment.users SET credit = 50 WHERE id = 'poor'");

    expect(await ledger.charge('o/1', 'poor', 5)).toEqual({ state: 'refused' });
    expect(await creditOf('poor')).toBe(50);
  });

  it('of many sagas at once takes as often as the credit lasts', async () => {
    const outcomes = await times(30, (n) => ledger.charge(`o/${n}`, 'rich', 10));

    expect(outcomes.filter(({ state }) => state === 'done')).toHaveLength(10);
    expect(outcomes.filter(({ state }) => state === 'refused')).toHaveLength(20);
    expect(await creditOf('rich')).toBe(0);
  });
});

describe('a refund', () => {
  it('gives back what was taken, once', async () => {
    await ledger.charge('o/1', 'rich', 30);

    expect(await times(8, () => ledger.refund('o/1'))).toEqual(Array(8).fill({ state: 'undone' }));
    expect(await creditOf('rich')).toBe(100);
  });

  it('that comes first keeps its charge out', async () => {
    expect(await ledger.refund('o/1')).toEqual({ state: 'undone' });
    expect(await ledger.charge('o/1', 'rich', 30)).toEqual({ state: 'undone' });
    expect(await creditOf('rich')).toBe(100);
    expect(await ledger.ofSagas(['o/1'])).toMatchObject([{ state: 'undone', done_at: null, undone_at: expect.any(Date) }]);
  });

  it('of a refused charge gives nothing back', async () => {
    await ledger.charge('o/1', 'poor', 5);

    expect(await ledger.refund('o/1')).toEqual({ state: 'refused' });
    expect(await creditOf('poor')).toBe(0);
  });

  it('racing its charge leaves the credit as it was', async () => {
    await times(40, (n) => Promise.all([ledger.charge(`o/${n}`, 'rich', 2), ledger.refund(`o/${n}`)]));

    expect(await creditOf('rich')).toBe(100);
    expect(await ledger.audit(later(), [])).toMatchObject({ sagas: 0, amount: 0, wrong: 0 });
  });
});

it('the history of sagas tells of those that got here, and of no others', async () => {
  await ledger.charge('o/1', 'rich', 1);
  await ledger.charge('o/2', 'poor', 1);

  const rows = await ledger.ofSagas(['o/2', 'o/1', 'o/3']);
  expect(rows.map(({ saga_id, state }) => `${saga_id} ${state}`).sort()).toEqual(['o/1 done', 'o/2 refused']);
});

it('the audit sums what stands until a moment, leaves open sagas out, and sees books that do not agree', async () => {
  await ledger.charge('o/1', 'rich', 20);
  await ledger.charge('o/2', 'rich', 7);
  await ledger.charge('o/3', 'rich', 5);
  await ledger.refund('o/3');
  await ledger.charge('o/4', 'poor', 1);

  expect(await ledger.audit(later(), [])).toEqual({ sagas: 2, amount: 27, fingerprint: (crc32('o/1') ^ crc32('o/2')) >>> 0, wrong: 0 });
  expect(await ledger.audit(later(), ['o/2'])).toMatchObject({ sagas: 1, amount: 20, fingerprint: crc32('o/1') });
  expect(await ledger.audit(new Date(Date.now() - 60_000), [])).toMatchObject({ sagas: 0, amount: 0, fingerprint: 0 });
  await fixture.admin("UPDATE payment.users SET charged = charged + 1 WHERE id = 'poor'");
  expect(await ledger.audit(later(), [])).toMatchObject({ wrong: 1 });
});
