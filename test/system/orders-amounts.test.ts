// Amounts, prices and quantities in the paths of orders, stock and payment: integers from 0 (quantities from 1) to 2^31-1, and nothing else.
import { beforeAll, describe, expect, test } from 'vitest';
import { HTML_TYPE } from './application.ts';
import { creditOf, find, get, item, MAX_AMOUNT, order, post, stockOf, user } from './shop-client.ts';

let known: { user: string; item: string; order: string };
beforeAll(async () => {
  const [userId, itemId] = await Promise.all([user(10), item(5, 10)]);
  known = { user: userId, item: itemId, order: await order(userId) };
});

const misfits = [
  String(MAX_AMOUNT + 1),
  '9007199254740993',
  '9'.repeat(400),
  '-1',
  '-0',
  '+1',
  '1.5',
  '1.0',
  '1e3',
  '0x10',
  '1_000',
  '1,000',
  '1n',
  'NaN',
  'Infinity',
  'true',
  'null',
  'abc',
  '%201',
  '1%20',
  '%20',
  '1%0a',
  '1%00',
  '%27',
  '1;--',
  '1%20OR%201=1',
  '%D9%A1',
  '%EF%BC%91',
  '%C2%B9',
];

/** Paths with a place for an amount. */
const routes: Record<string, (amount: string) => string> = {
  'stock/item/create': (amount) => `/stock/item/create/${amount}`,
  'stock/add': (amount) => `/stock/add/${known.item}/${amount}`,
  'stock/subtract': (amount) => `/stock/subtract/${known.item}/${amount}`,
  'payment/add_funds': (amount) => `/payment/add_funds/${known.user}/${amount}`,
  'payment/pay': (amount) => `/payment/pay/${known.user}/${amount}`,
  'orders/addItem': (amount) => `/orders/addItem/${known.order}/${known.item}/${amount}`,
  'stock/batch_init, n': (amount) => `/stock/batch_init/${amount}/1/1`,
  'stock/batch_init, starting_stock': (amount) => `/stock/batch_init/0/${amount}/1`,
  'stock/batch_init, item_price': (amount) => `/stock/batch_init/0/1/${amount}`,
  'payment/batch_init, n': (amount) => `/payment/batch_init/${amount}/1`,
  'payment/batch_init, starting_money': (amount) => `/payment/batch_init/0/${amount}`,
  'orders/batch_init, n': (amount) => `/orders/batch_init/${amount}/1/1/1`,
  'orders/batch_init, n_items': (amount) => `/orders/batch_init/0/${amount}/1/1`,
  'orders/batch_init, n_users': (amount) => `/orders/batch_init/0/1/${amount}/1`,
  'orders/batch_init, item_price': (amount) => `/orders/batch_init/0/1/1/${amount}`,
};

const unchanged = async () => {
  expect(await creditOf(known.user)).toBe(10);
  expect(await stockOf(known.item)).toBe(10);
  expect(await find(known.order)).toMatchObject({ items: [], total_cost: 0 });
};

describe.each(Object.entries(routes))('%s', (_, path) => {
  test('takes no other than an integer within the limits, and says what it takes', async () => {
    const answers = await Promise.all(misfits.map((amount) => post(path(amount))));

    expect(answers.map(({ status, type }, n) => [misfits[n], status, type])).toEqual(misfits.map((amount) => [amount, 400, HTML_TYPE]));
    for (const { body } of answers) expect(body).toMatch(/^\w+ must be an integer from \d to \d+$/);
    await unchanged();
  });

  test('is not there without an amount', async () => {
    expect(await post(path(''))).toMatchObject({ status: 404, body: '{"message":"not found"}' });
  });
});

test('a quantity is at least 1', async () => {
  expect(await post(`/orders/addItem/${known.order}/${known.item}/0`)).toMatchObject({ status: 400, type: HTML_TYPE });
  await unchanged();
});

test('the largest amount is one', async () => {
  const id = await item(MAX_AMOUNT);

  expect(await post(`/stock/add/${id}/${MAX_AMOUNT}`)).toMatchObject({ status: 200 });
  expect(await get(`/stock/find/${id}`)).toMatchObject({ body: `{"stock":${MAX_AMOUNT},"price":${MAX_AMOUNT}}` });
});

test('zeros in front change nothing', async () => {
  const id = await item(1);

  expect(await post(`/stock/add/${id}/0007`)).toMatchObject({ status: 200 });
  expect(await stockOf(id)).toBe(7);
});

test('a random user or item needs one to choose from', async () => {
  expect(await post('/orders/batch_init/1/0/1/1')).toMatchObject({ status: 400, type: HTML_TYPE });
  expect(await post('/orders/batch_init/1/1/0/1')).toMatchObject({ status: 400, type: HTML_TYPE });
});
