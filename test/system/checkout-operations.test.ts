// What operators have: the list of sagas, the audit, the reconciler and the replay of parked sagas. All of it needs the key.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HTML_TYPE, JSON_TYPE, said, send, sendWithKey } from './application.ts';
import { attemptsOf, books, checkout, OUT_OF_CREDIT, outOfStock, PAID, purchase, told, value } from './shop-client.ts';

interface Summary {
  readonly order_id: string;
  readonly state: string;
  readonly begun_at: string;
}
const sagas = (query = '') => value<Summary[]>(said(sendWithKey(`/orders/sagas${query}`)));
const UNFINISHED = ['running', 'compensating', 'parked'];

describe('without the key', () => {
  const forbidden = { status: 403, type: JSON_TYPE, body: '{"message":"Forbidden"}' };

  test.each([
    ['GET', '/orders/sagas'],
    ['GET', '/orders/sagas/?state=failed'],
    ['GET', '/orders/audit'],
    ['POST', '/orders/sagas/reconcile'],
    ['POST', '/orders/saga/0/replay'],
  ])('%s %s is refused', async (method, path) => {
    expect(await said(send(path, { method }))).toEqual(forbidden);
    expect(await said(send(path, { method, headers: { 'x-api-key': 'wrong' } }))).toEqual(forbidden);
  });
});

describe('the list of sagas', () => {
  test.each(['running', 'compensating', 'parked', 'succeeded', 'failed'])('may be of one state: %s', async (state) => {
    for (const saga of await sagas(`?state=${state}`)) expect(saga.state).toBe(state);
  });

  test('has everything but their steps', async () => {
    const { orderId } = await purchase({ credit: 5, stock: 3 });
    await checkout(orderId);
    const [{ order_id, ...summary } = { order_id: '' }] = await sagas('?state=failed&limit=1');
    const story = (await attemptsOf(order_id)).find(({ begun_at }) => begun_at === (summary as Partial<Summary>).begun_at);

    expect({ ...summary, steps: story?.steps }).toEqual(story);
  });

  test('is of those that are not finished without a state', async () => {
    for (const { state } of await sagas()) expect(UNFINISHED).toContain(state);
  });

  test('has the oldest first, and as many as were asked for', async () => {
    const { orderId } = await purchase({ credit: 5, stock: 3 });
    for (let n = 0; n < 3; n++) await checkout(orderId);
    const three = await sagas('?state=failed&limit=3');

    expect(three).toHaveLength(3);
    expect(three).toEqual((await sagas('?state=failed&limit=5')).slice(0, 3));
    const times = three.map(({ begun_at }) => begun_at);
    expect(times).toEqual(times.toSorted());
  });

  test.each(['state=nothing', 'state=', 'state=FAILED', 'limit=0', 'limit=1001', 'limit=x', 'limit=1.5'])(
    'of anything else is a bad request: %s',
    async (query) => {
      expect(await said(sendWithKey(`/orders/sagas?${query}`))).toMatchObject({ status: 400, type: HTML_TYPE });
    },
  );
});

describe('the audit', () => {
  test('agrees, and counts what was bought since', async () => {
    const before = await books();
    const bought = await purchase({ credit: 30, stock: 3, price: 7, quantity: 2 });
    const [stockless, poor] = await Promise.all([purchase({ credit: 30 }), purchase({ credit: 1, stock: 3 })]);
    expect(await checkout(bought.orderId)).toEqual(PAID);
    expect(await checkout(stockless.orderId)).toEqual(outOfStock(stockless.itemId));
    expect(await checkout(poor.orderId)).toEqual(OUT_OF_CREDIT);
    const after = await books();

    expect(before).toMatchObject({ consistent: true, problems: [] });
    expect(after).toMatchObject({ consistent: true, problems: [] });
    expect(after.paid_orders).toEqual({ orders: before.paid_orders.orders + 1, amount: before.paid_orders.amount + 14 });
    for (const sum of ['succeeded', 'spent', 'sold'] as const) {
      expect(after[sum]).toEqual({ sagas: before[sum].sagas + 1, amount: before[sum].amount + 14 });
    }
  });

  test('agrees while checkouts come in', async () => {
    const orders = await Promise.all(Array.from({ length: 30 }, (_, n) => purchase({ credit: n % 3 ? 30 : 1, stock: 3 })));
    const [reports] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, () => books())),
      ...orders.map(({ orderId }) => checkout(orderId)),
    ]);

    for (const report of [...reports, await books()]) expect(report).toMatchObject({ consistent: true, problems: [] });
  });

  test('has its keys in the order of the documentation', async () => {
    expect(Object.keys(await books())).toEqual(['consistent', 'at', 'open', 'paid_orders', 'succeeded', 'spent', 'sold', 'problems']);
  });
});

test('the reconciler says what it did', async () => {
  const outcome = await value(said(sendWithKey('/orders/sagas/reconcile', { method: 'POST' })));

  expect(outcome).toEqual({ settled: expect.any(Number), waiting: 0, parked: 0 });
});

describe('a replay', () => {
  const replay = (orderId: string) => said(sendWithKey(`/orders/saga/${orderId}/replay`, { method: 'POST' }));

  test('of an order without parked sagas replays none', async () => {
    const { orderId } = await purchase({ credit: 5, stock: 3 });
    await checkout(orderId);

    expect(await replay(orderId)).toEqual({ status: 200, type: JSON_TYPE, body: '{"replayed":0}' });
  });

  test('of an unknown order is not found', async () => {
    const unknown = randomUUID();

    expect(await replay(unknown)).toEqual(told(400, `Order: ${unknown} not found!`));
  });
});
