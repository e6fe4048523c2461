// Checkouts at the same time: of one order, of one user, and of one item.
import { describe, expect, test } from 'vitest';
import {
  attemptsOf,
  checkout,
  creditOf,
  isPaid,
  item,
  OUT_OF_CREDIT,
  order,
  outOfStock,
  PAID,
  purchase,
  stockOf,
  user,
} from './shop-client.ts';

const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

describe.each([2, 20])('%i checkouts of one order', (count) => {
  test('are one charge, and all are told of the success', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 1000, stock: 50, quantity: 2 });

    expect(await times(count, () => checkout(orderId))).toEqual(Array(count).fill(PAID));
    expect([await creditOf(userId), await stockOf(itemId), await isPaid(orderId)]).toEqual([980, 48, true]);
    expect((await attemptsOf(orderId)).map(({ state }) => state)).toEqual(['succeeded']);
  });

  test('out of credit are all told so, and everything is given back', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 5, stock: 50, quantity: 2 });

    expect(await times(count, () => checkout(orderId))).toEqual(Array(count).fill(OUT_OF_CREDIT));
    expect([await creditOf(userId), await stockOf(itemId), await isPaid(orderId)]).toEqual([5, 50, false]);
  });

  test('out of stock are all told so, and nothing is charged', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 100, stock: 1, quantity: 2 });

    expect(await times(count, () => checkout(orderId))).toEqual(Array(count).fill(outOfStock(itemId)));
    expect([await creditOf(userId), await stockOf(itemId), await isPaid(orderId)]).toEqual([100, 1, false]);
  });
});

test('orders of one user spend the credit as often as it lasts', async () => {
  const [userId, itemId] = await Promise.all([user(50), item(10, 100)]);
  const orders = await times(12, () => order(userId, [itemId, 1]));
  const answers = await Promise.all(orders.map((id) => checkout(id)));

  expect(answers.filter(({ status }) => status === 200)).toEqual(Array(5).fill(PAID));
  expect(answers.filter(({ status }) => status !== 200)).toEqual(Array(7).fill(OUT_OF_CREDIT));
  expect([await creditOf(userId), await stockOf(itemId)]).toEqual([0, 95]);
});

test('orders of the same items in other orders never wait for each other in a circle', async () => {
  const items = await times(4, () => item(1, 100));
  const orders = await times(24, async (n) => {
    const lines = items.map((id): [string, number] => [id, 1]);
    return order(await user(10), ...(n % 2 ? lines : lines.reverse()));
  });

  expect(await Promise.all(orders.map((id) => checkout(id)))).toEqual(Array(24).fill(PAID));
  expect(await Promise.all(items.map(stockOf))).toEqual(Array(4).fill(76));
});
