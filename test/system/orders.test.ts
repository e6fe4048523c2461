// Orders: what is in them, and what it costs.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import { checkout, find, get, isPaid, item, MAX_AMOUNT, order, PAID, post, purchase, told, user } from './shop-client.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('a new order', () => {
  test('is empty, costs nothing and is not paid', async () => {
    const userId = await user();
    const { status, type, body } = await post(`/orders/create/${userId}`);

    expect({ status, type }).toEqual({ status: 200, type: JSON_TYPE });
    const { order_id } = JSON.parse(body);
    expect(order_id).toMatch(UUID);
    expect(body).toBe(`{"order_id":"${order_id}"}`);
    expect(await get(`/orders/find/${order_id}`)).toEqual({
      status: 200,
      type: JSON_TYPE,
      body: `{"order_id":"${order_id}","paid":false,"items":[],"user_id":"${userId}","total_cost":0}`,
    });
  });

  test('may be of a user whom payment does not know (yet)', async () => {
    expect((await find(await order('somebody'))).user_id).toBe('somebody');
  });
});

describe('adding items', () => {
  test('adds up, line by line', async () => {
    const [cheap, dear] = await Promise.all([item(3), item(100)]);
    const id = await order(await user());
    const added = (itemId: string, total: number) => told(200, `Item: ${itemId} added to: ${id} price updated to: ${total}`);

    expect(await post(`/orders/addItem/${id}/${cheap}/2`)).toEqual(added(cheap, 6));
    expect(await post(`/orders/addItem/${id}/${dear}/1`)).toEqual(added(dear, 106));
    expect(await post(`/orders/addItem/${id}/${cheap}/1`)).toEqual(added(cheap, 109));
    const { items, total_cost } = await find(id);
    expect(total_cost).toBe(109);
    expect(items).toEqual([
      [cheap, 2],
      [dear, 1],
      [cheap, 1],
    ]);
  });

  test('takes the price of that moment', async () => {
    await post('/stock/batch_init/1/10/5');
    const id = await order(await user(), ['0', 1]);
    await post('/stock/batch_init/1/10/8');

    expect(await post(`/orders/addItem/${id}/0/1`)).toEqual(told(200, `Item: 0 added to: ${id} price updated to: 13`));
  });

  test('many at once loses none', async () => {
    const itemId = await item(2);
    const id = await order(await user());
    await Promise.all(Array.from({ length: 20 }, () => post(`/orders/addItem/${id}/${itemId}/3`)));

    expect(await find(id)).toMatchObject({ items: Array(20).fill([itemId, 3]), total_cost: 120 });
  });

  test('of the largest quantity at the largest price is exact', async () => {
    const [itemId, dearest] = await Promise.all([item(1), item(MAX_AMOUNT)]);
    const id = await order(await user());
    const most = MAX_AMOUNT * 1_000;

    expect(await post(`/orders/addItem/${id}/${dearest}/1000`)).toEqual(
      told(200, `Item: ${dearest} added to: ${id} price updated to: ${most}`),
    );
    expect(await post(`/orders/addItem/${id}/${itemId}/${MAX_AMOUNT}`)).toEqual(
      told(200, `Item: ${itemId} added to: ${id} price updated to: ${most + MAX_AMOUNT}`),
    );
  });

  test('that would cost more than can be counted is refused', async () => {
    const dearest = await item(MAX_AMOUNT);
    const id = await order(await user(), [dearest, 4_194_304]);

    expect(await post(`/orders/addItem/${id}/${dearest}/${MAX_AMOUNT}`)).toMatchObject({ status: 400 });
    expect(await find(id)).toMatchObject({ items: [[dearest, 4_194_304]], total_cost: MAX_AMOUNT * 4_194_304 });
  });

  test('that do not exist is refused', async () => {
    const id = await order(await user());
    const unknown = randomUUID();

    expect(await post(`/orders/addItem/${id}/${unknown}/1`)).toEqual(told(400, `Item: ${unknown} does not exist!`));
    expect(await find(id)).toMatchObject({ items: [], total_cost: 0 });
  });

  test('to an order that does not exist is refused', async () => {
    const unknown = randomUUID();

    expect(await post(`/orders/addItem/${unknown}/${await item(1)}/1`)).toEqual(told(400, `Order: ${unknown} not found!`));
  });

  test('to a paid order is refused', async () => {
    const { orderId, itemId } = await purchase({ credit: 10, stock: 5 });
    expect(await checkout(orderId)).toEqual(PAID);

    expect(await post(`/orders/addItem/${orderId}/${itemId}/1`)).toEqual(told(400, `Order: ${orderId} is paid!`));
    expect(await find(orderId)).toMatchObject({ items: [[itemId, 1]], total_cost: 10, paid: true });
  });
});

test('an unknown order is not found', async () => {
  const unknown = randomUUID();

  expect(await get(`/orders/find/${unknown}`)).toEqual(told(400, `Order: ${unknown} not found!`));
});

describe('batch_init', () => {
  const init = (count: number, items: number, users: number, price: number) =>
    post(`/orders/batch_init/${count}/${items}/${users}/${price}`);
  const done = { status: 200, type: JSON_TYPE, body: '{"msg":"Batch init for orders successful"}' };
  const below = (limit: number) => expect.toSatisfy((id: string) => /^\d+$/.test(id) && Number(id) < limit);

  test('makes orders "0" to "n-1", each of two items of one piece, in the ranges of users and items', async () => {
    expect(await init(1000, 7, 5, 6)).toEqual(done);
    for (const id of ['0', '9', '10', '500', '999']) {
      expect(await find(id)).toEqual({
        order_id: id,
        paid: false,
        items: [
          [below(7), 1],
          [below(7), 1],
        ],
        user_id: below(5),
        total_cost: 12,
      });
    }
  });

  test('draws users and items at random', async () => {
    await init(100, 1_000_000, 1_000_000, 1);
    const orders = await Promise.all(Array.from({ length: 30 }, (_, id) => find(String(id))));

    expect(new Set(orders.map(({ user_id }) => user_id)).size).toBeGreaterThan(25);
    expect(new Set(orders.flatMap(({ items }) => items.map(([id]) => id))).size).toBeGreaterThan(50);
  });

  test('again sets those orders back, also paid ones, which can be checked out again', async () => {
    await post('/stock/batch_init/1/100/5');
    await post('/payment/batch_init/1/100');
    await init(3, 1, 1, 5);
    expect(await checkout('1')).toEqual(PAID);

    expect(await init(2, 1, 1, 7)).toEqual(done);

    expect(await find('1')).toMatchObject({ paid: false, total_cost: 14 });
    expect(await find('2')).toMatchObject({ paid: false, total_cost: 10 });
    expect(await checkout('1')).toEqual(PAID);
    expect(await isPaid('1')).toBe(true);
    expect(await get('/payment/find_user/0')).toMatchObject({ body: '{"user_id":"0","credit":76}' });
    expect(await get('/stock/find/0')).toMatchObject({ body: '{"stock":96,"price":5}' });
  });

  test('of one makes one, of none none', async () => {
    await init(2, 1, 1, 5);
    expect(await init(1, 1, 1, MAX_AMOUNT)).toEqual(done);
    expect(await init(0, 1, 1, 9)).toEqual(done);

    expect(await find('0')).toMatchObject({ total_cost: 2 * MAX_AMOUNT });
    expect(await find('1')).toMatchObject({ total_cost: 10 });
  });
});
