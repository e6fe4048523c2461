// 1,000 users with a credit of 1 race for a tenth as many pieces of an item of price 1, over 100 connections, ten times in a row.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atOnce, repeated } from './effort.ts';
import { books, connections, post, stockOf } from './shop-client.ts';

const PIECES = repeated(100);
const USERS = 10 * PIECES;
const ROUNDS = Array.from({ length: repeated(10) }, (_, n) => n + 1);
const users = Array.from({ length: USERS }, (_, n) => String(n));

const client = connections(atOnce(100));
afterAll(() => client.close());

/** Of each user, an order of one piece that is not paid yet. */
const orders = new Map<string, string>();

beforeAll(async () => {
  await post(`/stock/batch_init/1/${PIECES}/1`);
});

/** Everybody has a credit of 1 and an order, and all pieces are there. What was paid in the round before is replaced. */
async function prepare(): Promise<void> {
  await Promise.all([post(`/stock/batch_init/1/${PIECES}/1`), post(`/payment/batch_init/${USERS}/1`)]);
  await Promise.all(users.filter((user) => !orders.has(user)).map(async (user) => orders.set(user, await orderOf(user))));
}

async function orderOf(user: string): Promise<string> {
  const { body } = await client.post(`/orders/create/${user}`);
  const { order_id } = JSON.parse(body) as { order_id: string };
  expect(await client.post(`/orders/addItem/${order_id}/0/1`)).toMatchObject({ status: 200 });
  return order_id;
}

async function creditOf(user: string): Promise<number> {
  const { body } = await client.get(`/payment/find_user/${user}`);
  return (JSON.parse(body) as { credit: number }).credit;
}

describe.each(ROUNDS)('round %i', () => {
  test('exactly as many succeed as there are pieces, and nobody else pays', { timeout: 60_000 }, async () => {
    await prepare();
    const before = await books();

    const answers = await Promise.all(
      users.map(async (user) => ({ user, ...(await client.post(`/orders/checkout/${orders.get(user)}`)) })),
    );

    const winners = answers.filter(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status !== 200);
    expect([winners.length, losers.length]).toEqual([PIECES, USERS - PIECES]);
    expect(new Set(winners.map(({ body }) => body))).toEqual(new Set(['Checkout successful']));
    expect(new Set(losers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['400 Out of stock on item_id: 0']));
    for (const { user } of winners) orders.delete(user);

    expect(await stockOf('0')).toBe(0);
    const credits = await Promise.all(users.map(creditOf));
    expect(credits.reduce((sum, credit) => sum + credit)).toBe(USERS - PIECES);
    expect(winners.map(({ user }) => credits[Number(user)])).toEqual(Array(PIECES).fill(0));
    const after = await books();
    expect(after).toMatchObject({ consistent: true, open: 0, problems: [] });
    expect(after.spent).toEqual({ sagas: before.spent.sagas + PIECES, amount: before.spent.amount + PIECES });
  });
});
