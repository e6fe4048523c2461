// `GET /metrics`: slow traffic is in the scrape that follows it, exactly, for every system, whoever made the answer.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { send, sendWithKey, url } from './application.ts';
import { counted, more, scrape, series } from './scrape.ts';
import { purchase } from './shop-client.ts';

/** What comes sooner after another request to the same function is counted a moment later: it is not what is asked here. */
const SLOW_MS = 150;
const ROUNDS = 3;

const get = (path: string) => () => send(path);
const post =
  (path: string, body = '') =>
  () =>
    send(path, { method: 'POST', body });
const body = { method: 'POST', headers: { 'content-type': 'application/json' } };

interface Case {
  readonly labels: ReturnType<typeof series>;
  readonly ask: () => Promise<Response>;
}
/** The first request of an environment may be answered before its connection to the cache is made. */
async function connected(labels: Case['labels'], ask: Case['ask']): Promise<void> {
  const { requests } = await counted(labels);
  await ask();
  await eventually(async () => (await counted(labels)).requests > requests);
}

const each = (service: string, method: string, route: string, status: number, ask: Case['ask']): [string, Case] => [
  `${service} ${method} ${route} ${status}`,
  { labels: series(service, method, route, status), ask },
];

test.each([
  each('status', 'GET', '/status', 200, get('/status')),
  each('status', 'GET', '/healthz', 200, get('/healthz/')),
  each('pictures', 'GET', '/api/{id}', 202, get('/api/nothing')),
  each('pictures', 'POST', '/api', 400, () => send('/api/', { ...body, body: '{}' })),
  each('messages', 'GET', '/endpoint', 200, get('/endpoint/?channel=metrics')),
  each('messages', 'POST', '/endpoint', 400, post('/endpoint/')),
  each('messages', 'POST', '/endpoint', 413, () => send('/endpoint/', { ...body, body: JSON.stringify('x'.repeat(300 * 1024)) })),
  each('orders', 'GET', '/orders/find/{order_id}', 400, get('/orders/find/nothing')),
  each('orders', 'POST', '/orders/checkout/{order_id}', 400, post('/orders/checkout/nothing')),
  each('stock', 'POST', '/stock/item/create/{price}', 200, post('/stock/item/create/7')),
  each('stock', 'GET', '/stock/find/{item_id}', 400, get('/stock/find/nothing')),
  each('payment', 'POST', '/payment/add_funds/{user_id}/{amount}', 400, post('/payment/add_funds/nobody/-1')),
  each('cats', 'GET', '/api/v1/breeds', 500, get('/api/v1/breeds/?err=x')),
  each('cats', 'GET', '/api/v1/breeds', 400, get('/api/v1/breeds/?colour=red')),
  each('workers', 'GET', '/api/workers', 200, get('/api/workers')),
  each('workers', 'POST', '/api/workers/{queue}/replay', 404, () => sendWithKey('/api/workers/nothing/replay', { method: 'POST' })),
])('%s: each slow request is in the next scrape', async (_, { labels, ask }) => {
  await connected(labels, ask);
  const before = await counted(labels);
  for (let round = 1; round <= ROUNDS; round++) {
    await pause(SLOW_MS);
    expect((await ask()).status).toBe(Number(labels.status));
    expect(await counted(labels)).toEqual(more(before, round));
  }
});

test('checkouts are counted by their outcome, once each', async () => {
  const labels = (status: number) => series('orders', 'POST', '/orders/checkout/{order_id}', status);
  const [rich, poor] = await Promise.all([purchase({ credit: 100, stock: 5 }), purchase({ stock: 5 })]);
  await pause(SLOW_MS);
  const before = [await counted(labels(200)), await counted(labels(400))] as const;

  // Paid, paid already, no credit, no credit again.
  for (const [{ orderId }, status] of [
    [rich, 200],
    [rich, 200],
    [poor, 400],
    [poor, 400],
  ] as const) {
    await pause(SLOW_MS);
    expect((await post(`/orders/checkout/${orderId}`)()).status).toBe(status);
  }
  expect([await counted(labels(200)), await counted(labels(400))]).toEqual([more(before[0], 2), more(before[1], 2)]);
});

test('a scrape is in the next one', async () => {
  const labels = series('metrics', 'GET', '/metrics', 200);
  await pause(SLOW_MS);
  const before = await counted(labels);
  await pause(SLOW_MS);
  expect(await counted(labels)).toEqual(more(before, 1));
});

test('what API Gateway answers itself is not counted', async () => {
  const sum = async () => (await scrape()).filter(({ name, labels }) => name === 'http_request_total' && labels.service !== 'metrics');
  await pause(SLOW_MS);
  const before = await sum();
  expect((await send('/stock/nothing')).status).toBe(404);
  expect((await send('/stock/find/1', { method: 'PUT' })).status).toBe(404);
  expect((await send('/api/jobs')).status).toBe(403);
  expect(await sum()).toEqual(before);
});

test('nothing caches it, and it is text of the format’s type', async () => {
  const { status, headers } = await send('/metrics/');
  expect({ url, status, type: headers.get('content-type'), cache: headers.get('cache-control') }).toEqual({
    url,
    status: 200,
    type: 'text/plain; version=0.0.4; charset=utf-8',
    cache: 'no-store',
  });
});
