// Busy traffic goes together, later by a moment: nothing of it is lost, and nothing counted twice.
import { afterAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import type { RequestCount } from '../support/exposition.ts';
import { atOnce, repeated } from './effort.ts';
import { counted, more, series } from './scrape.ts';
import { connections, purchase, user } from './shop-client.ts';

const CONNECTIONS = atOnce(16);
const client = connections(CONNECTIONS);
afterAll(() => client.close());

/** `count` times `work`, as many at once as there are connections. */
async function burst(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** The counts of a route's successes and of its failures. */
const outcomes = (service: string, method: string, route: string) => ({
  200: series(service, method, route, 200),
  400: series(service, method, route, 400),
});
type Outcomes = ReturnType<typeof outcomes>;

const bothOf = async (labels: Outcomes) => ({ 200: await counted(labels[200]), 400: await counted(labels[400]) });

const becomes = (labels: Outcomes, expected: { 200: RequestCount; 400: RequestCount }) =>
  eventually(async () => {
    expect(await bothOf(labels)).toEqual(expected);
    return true;
  });

/** A multiple of five: every fifth request fails. */
const REQUESTS = 5 * repeated(100);
const CHECKOUTS = repeated(100);

test(`${REQUESTS} requests over a few connections are ${REQUESTS}`, async () => {
  const userId = await user();
  const labels = outcomes('payment', 'GET', '/payment/find_user/{user_id}');
  const before = await bothOf(labels);
  await burst(REQUESTS, (n) => client.get(`/payment/find_user/${n % 5 === 0 ? 'nobody' : userId}`));

  const after = { 200: more(before[200], (REQUESTS * 4) / 5), 400: more(before[400], REQUESTS / 5) };
  await becomes(labels, after);
  // An environment sends in order: what it would still add to the failures is there before one success more.
  await client.get(`/payment/find_user/${userId}`);
  await becomes(labels, { ...after, 200: more(after[200], 1) });
});

test(`${CHECKOUTS} checkouts over a few connections are ${CHECKOUTS}`, async () => {
  const orders = await Promise.all(Array.from({ length: 20 }, (_, n) => purchase({ credit: n % 2 === 0 ? 10 : 0, stock: 1 })));
  const labels = outcomes('orders', 'POST', '/orders/checkout/{order_id}');
  const before = await bothOf(labels);
  const statuses: (number | undefined)[] = [];
  await burst(CHECKOUTS, async (n) => statuses.push((await client.post(`/orders/checkout/${orders[n % 20]?.orderId}`)).status));

  const told = (status: number) => statuses.filter((each) => each === status).length;
  expect(told(200)).toBeGreaterThan(0);
  expect(told(200) + told(400)).toBe(CHECKOUTS);
  await becomes(labels, { 200: more(before[200], told(200)), 400: more(before[400], told(400)) });
});
