// The audit: each way in which the books of the three services can contradict each other, on a real MariaDB, has its sentence.
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../functions/orders/audit.ts';
import { AuditReport } from '../../functions/orders/audit-report.ts';
import type { Database } from '../../functions/shared/database.ts';
import { type SagaFixture, sagaFixture } from './saga-fixture.ts';

let on: SagaFixture;
beforeAll(async () => {
  on = await sagaFixture();
});
afterAll(() => on?.stop());

/** What the ledgers of stock and payment say stands: amounts by saga. */
let reserved: Map<string, number>;
let charged: Map<string, number>;
let wrong: { stock: number; payment: number };

const pay = async (order: string) => {
  const saga = await on.begun(order);
  await on.sagas.complete(saga);
  for (const ledger of [reserved, charged]) ledger.set(`${order}/${saga.attempt}`, 10);
};

/** Two orders that were paid, at 10 each. */
beforeEach(async () => {
  await on.only('a', 'b', 'c');
  reserved = new Map();
  charged = new Map();
  wrong = { stock: 0, payment: 0 };
  await pay('a');
  await pay('b');
});

function totalsOf(ledger: ReadonlyMap<string, number>, open: readonly string[]) {
  const rows = [...ledger].filter(([id]) => !open.includes(id));
  const sum = rows.reduce((total, [, amount]) => total + amount, 0);
  const fingerprint = rows.reduce((total, [id]) => (total ^ crc32(id)) >>> 0, 0);
  return { sagas: rows.length, fingerprint, sum };
}

/** `meanwhile` happens when the audit knows the open sagas, and before it sums. */
const books = (meanwhile: () => Promise<unknown> = async () => undefined) =>
  audit({
    orders: {
      query: (async (sql: string, values: unknown[]) => {
        const answer = await on.database.query(sql, values);
        if (sql.includes('finished_at IS NULL')) await meanwhile();
        return answer;
      }) as Database['query'],
    },
    participants: {
      auditStock: async (_, open) => {
        const { sum, ...totals } = totalsOf(reserved, open);
        return { ...totals, value: sum, wrong: wrong.stock };
      },
      auditPayment: async (_, open) => {
        const { sum, ...totals } = totalsOf(charged, open);
        return { ...totals, amount: sum, wrong: wrong.payment };
      },
    },
  });
const problems = async () => {
  const report = await books();
  expect(report.consistent).toBe(report.problems.length === 0);
  return report.problems;
};

it('books that agree are told with their sums', async () => {
  const report = await books();

  expect(report).toEqual({
    consistent: true,
    at: expect.any(String),
    open: 0,
    paid_orders: { orders: 2, amount: 20 },
    succeeded: { sagas: 2, amount: 20 },
    spent: { sagas: 2, amount: 20 },
    sold: { sagas: 2, amount: 20 },
    problems: [],
  });
  expect(AuditReport.parse(report)).toEqual(report);
});

it('books without anything agree', async () => {
  await on.only();
  reserved.clear();
  charged.clear();

  expect(await books()).toMatchObject({ consistent: true, spent: { sagas: 0, amount: 0 } });
});

describe('sagas that are not finished are left out on all sides', () => {
  it('whatever they did so far', async () => {
    await on.begun('c');
    reserved.set('c/1', 10);

    expect(await books()).toMatchObject({ consistent: true, open: 1, sold: { sagas: 2, amount: 20 } });
  });

  it('also while they are undone', async () => {
    await on.compensating('c');
    charged.set('c/1', 10);

    expect(await books()).toMatchObject({ consistent: true, open: 1, spent: { sagas: 2, amount: 20 } });
  });

  it('also where they are finished while the books are read', async () => {
    const saga = await on.begun('c');
    for (const ledger of [reserved, charged]) ledger.set('c/1', 10);
    const meanwhile = await on.beginCompletion(saga);
    const report = await books(meanwhile.commit);

    expect(report.problems).toEqual([]);
    expect(await problems()).toEqual([]);
  });
});

it('an order that was reset since is not paid any more, and its saga stands', async () => {
  await on.admin("UPDATE orders.orders SET status = 'open', attempts = attempts + 1 WHERE id = 'a'");

  expect(await books()).toMatchObject({ consistent: true, paid_orders: { orders: 1, amount: 10 }, succeeded: { sagas: 2, amount: 20 } });
});

describe('a contradiction has its sentence', () => {
  it('a charge that is missing', async () => {
    charged.delete('a/1');
    expect(await problems()).toEqual(['20 was ordered, 10 was charged', 'charges stand of other sagas than those that succeeded']);
  });

  it('a charge of another saga for the same amount', async () => {
    charged.delete('a/1');
    charged.set('c/1', 10);
    expect(await problems()).toEqual(['charges stand of other sagas than those that succeeded']);
  });

  it('a reservation that was never given back', async () => {
    reserved.set('c/1', 7);
    expect(await problems()).toEqual([
      '20 was ordered, items worth 27 were taken',
      'reservations stand of other sagas than those that succeeded',
    ]);
  });

  it('an order that is paid without a saga', async () => {
    await on.admin("UPDATE orders.orders SET status = 'paid' WHERE id = 'c'");
    expect(await problems()).toEqual(['1 orders are paid without a succeeded saga, or the other way round']);
  });

  it('a succeeded saga whose order is not paid', async () => {
    await on.admin("UPDATE orders.orders SET status = 'open' WHERE id = 'a'");
    expect(await problems()).toEqual(['1 orders are paid without a succeeded saga, or the other way round']);
  });

  it('an order that was paid for another amount', async () => {
    await on.admin("UPDATE orders.orders SET total_cost = 11 WHERE id IN ('a', 'b')");
    expect(await problems()).toEqual(['2 orders are paid without a succeeded saga, or the other way round']);
  });

  it('books within a service that do not agree', async () => {
    wrong = { payment: 3, stock: 4 };
    expect(await problems()).toEqual(['3 users were charged otherwise than the ledger says', 'items and ledger differ by 4 pieces']);
  });
});
