// Checking an order out: items are taken and paid, or nothing happens.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  addCredit,
  addStock,
  attemptsOf,
  checkout,
  creditOf,
  get,
  isPaid,
  item,
  OUT_OF_CREDIT,
  order,
  outOfStock,
  PAID,
  purchase,
  stockOf,
  told,
  user,
} from './shop-client.ts';

describe('a checkout', () => {
  test('takes the items and their price, to the last piece and the last of the credit', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 30, stock: 3, price: 10, quantity: 3 });

    expect(await checkout(orderId)).toEqual(PAID);
    expect(await get(`/orders/find/${orderId}`)).toMatchObject({
      body: `{"order_id":"${orderId}","paid":true,"items":[["${itemId}",3]],"user_id":"${userId}","total_cost":30}`,
    });
    expect([await creditOf(userId), await stockOf(itemId)]).toEqual([0, 0]);
  });

  test('of several lines takes all of them, an item that stands twice twice', async () => {
    const [userId, one, other] = await Promise.all([user(100), item(10, 5), item(3, 5)]);
    const orderId = await order(userId, [one, 2], [other, 1], [one, 1]);

    expect(await checkout(orderId)).toEqual(PAID);
    expect([await creditOf(userId), await stockOf(one), await stockOf(other)]).toEqual([67, 2, 4]);
  });

  test('charges the price at which the item was added', async () => {
    const { userId, orderId } = await purchase({ credit: 30, stock: 3, price: 10 });

    expect(await checkout(orderId)).toEqual(PAID);
    expect(await creditOf(userId)).toBe(20);
  });

  test('of an empty order is a success that costs nothing', async () => {
    const userId = await user(5);
    const orderId = await order(userId);

    expect(await checkout(orderId)).toEqual(PAID);
    expect(await isPaid(orderId)).toBe(true);
    expect(await creditOf(userId)).toBe(5);
  });

  test('of free items needs a user, but no credit', async () => {
    const { itemId, orderId } = await purchase({ credit: 0, stock: 1, price: 0 });

    expect(await checkout(orderId)).toEqual(PAID);
    expect(await stockOf(itemId)).toBe(0);
  });

  test('of a paid order is a success without a second charge', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 30, stock: 3 });
    for (let n = 0; n < 3; n++) expect(await checkout(orderId)).toEqual(PAID);

    expect([await creditOf(userId), await stockOf(itemId)]).toEqual([20, 2]);
    expect(await attemptsOf(orderId)).toHaveLength(1);
  });
});

describe('out of stock', () => {
  test('names the item, and nothing is taken', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 30, stock: 1, quantity: 2 });

    expect(await checkout(orderId)).toEqual(outOfStock(itemId));
    expect([await creditOf(userId), await stockOf(itemId), await isPaid(orderId)]).toEqual([30, 1, false]);
  });

  test('of one line takes nothing of the others', async () => {
    const [userId, there, gone] = await Promise.all([user(100), item(1, 5), item(1)]);
    const orderId = await order(userId, [there, 2], [gone, 1]);

    expect(await checkout(orderId)).toEqual(outOfStock(gone));
    expect([await creditOf(userId), await stockOf(there), await stockOf(gone)]).toEqual([100, 5, 0]);
  });

  test('by two lines of an item together', async () => {
    const [userId, itemId] = await Promise.all([user(100), item(1, 3)]);
    const orderId = await order(userId, [itemId, 2], [itemId, 2]);

    expect(await checkout(orderId)).toEqual(outOfStock(itemId));
    expect(await stockOf(itemId)).toBe(3);
  });

  test('can be tried again when there is stock', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 30, stock: 0 });
    expect(await checkout(orderId)).toEqual(outOfStock(itemId));
    expect(await checkout(orderId)).toEqual(outOfStock(itemId));
    await addStock(itemId, 1);

    expect(await checkout(orderId)).toEqual(PAID);
    expect([await creditOf(userId), await stockOf(itemId)]).toEqual([20, 0]);
    expect((await attemptsOf(orderId)).map(({ attempt, state }) => `${attempt} ${state}`)).toEqual(['1 failed', '2 failed', '3 succeeded']);
  });
});

describe('out of credit', () => {
  test('is said, and the items are given back by then', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 9, stock: 3 });

    expect(await checkout(orderId)).toEqual(OUT_OF_CREDIT);
    expect([await creditOf(userId), await stockOf(itemId), await isPaid(orderId)]).toEqual([9, 3, false]);
  });

  test('can be tried again when there is credit', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 9, stock: 3 });
    expect(await checkout(orderId)).toEqual(OUT_OF_CREDIT);
    await addCredit(userId, 2);

    expect(await checkout(orderId)).toEqual(PAID);
    expect([await creditOf(userId), await stockOf(itemId)]).toEqual([1, 2]);
    expect((await attemptsOf(orderId)).map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });

  test('is what a user has whom payment does not know', async () => {
    const itemId = await item(10, 3);
    const orderId = await order(randomUUID(), [itemId, 1]);

    expect(await checkout(orderId)).toEqual(OUT_OF_CREDIT);
    expect(await stockOf(itemId)).toBe(3);
  });

  test('leaves room for others: what was given back can be bought', async () => {
    const { itemId, orderId } = await purchase({ credit: 9, stock: 1 });
    const other = await order(await user(10), [itemId, 1]);

    expect(await checkout(orderId)).toEqual(OUT_OF_CREDIT);
    expect(await checkout(other)).toEqual(PAID);
    expect(await checkout(orderId)).toEqual(outOfStock(itemId));
  });
});

test('an unknown order is not found', async () => {
  const unknown = randomUUID();

  expect(await checkout(unknown)).toEqual(told(400, `Order: ${unknown} not found!`));
});
