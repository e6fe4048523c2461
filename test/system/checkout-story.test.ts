// `GET /orders/saga/{order_id}`: every attempt to check an order out, with its steps in the order in which they happened.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Attempt, addCredit, addStock, attemptsOf, checkout, get, order, purchase, told, user } from './shop-client.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** `step service outcome detail` of each. */
const stepsOf = ({ steps }: Attempt) =>
  steps.map(({ step, service, outcome, detail }) => [step, service, outcome, ...(detail ? [detail] : [])].join(' '));

function inOrder({ begun_at, decided_at, finished_at, steps }: Attempt): void {
  const times = [begun_at, ...steps.map(({ at }) => at), finished_at ?? ''];
  for (const time of [...times, decided_at]) expect(time).toMatch(TIME);
  expect(times).toEqual(times.toSorted());
}

test('an order that was never checked out has no attempts', async () => {
  const orderId = await order(await user());

  expect(await get(`/orders/saga/${orderId}`)).toMatchObject({ status: 200, body: `{"order_id":"${orderId}","attempts":[]}` });
});

test('an unknown order is not found', async () => {
  const unknown = randomUUID();

  expect(await get(`/orders/saga/${unknown}`)).toEqual(told(400, `Order: ${unknown} not found!`));
});

test('a success goes forward, under the id of the request that began it', async () => {
  const { userId, orderId } = await purchase({ credit: 30, stock: 3 });
  const requestId = `test-${randomUUID()}`;
  await checkout(orderId, { 'x-request-id': requestId });
  const [attempt, ...more] = await attemptsOf(orderId);

  expect(more).toEqual([]);
  expect(attempt).toMatchObject({
    attempt: 1,
    state: 'succeeded',
    reason: null,
    user_id: userId,
    total_cost: 10,
    request_id: requestId,
    tries: 0,
  });
  expect(stepsOf(attempt as Attempt)).toEqual(['begin orders done', 'reserve stock done', 'charge payment done', 'complete orders done']);
  inOrder(attempt as Attempt);
});

test('a refusal ends at the step that refused, and names the item', async () => {
  const { itemId, orderId } = await purchase({ credit: 30 });
  await checkout(orderId);
  const [attempt] = await attemptsOf(orderId);

  expect(attempt).toMatchObject({ state: 'failed', reason: `Out of stock on item_id: ${itemId}` });
  expect(stepsOf(attempt as Attempt)).toEqual([
    'begin orders done',
    `reserve stock refused ${itemId}`,
    `abort orders done Out of stock on item_id: ${itemId}`,
  ]);
  inOrder(attempt as Attempt);
});

test('a compensation goes back in reverse', async () => {
  const { orderId } = await purchase({ credit: 5, stock: 3 });
  await checkout(orderId);
  const [attempt] = await attemptsOf(orderId);

  expect(attempt).toMatchObject({ state: 'failed', reason: 'User out of credit' });
  expect(stepsOf(attempt as Attempt)).toEqual([
    'begin orders done',
    'reserve stock done',
    'charge payment refused',
    'abort orders done User out of credit',
    'release stock done',
  ]);
  inOrder(attempt as Attempt);
});

test('attempts are told from the first to the last', async () => {
  const { userId, itemId, orderId } = await purchase({ credit: 5 });
  await checkout(orderId);
  await addStock(itemId, 1);
  await checkout(orderId);
  await addCredit(userId, 5);
  await checkout(orderId);
  await checkout(orderId);
  const attempts = await attemptsOf(orderId);

  expect(attempts.map(({ attempt, state }) => `${attempt} ${state}`)).toEqual(['1 failed', '2 failed', '3 succeeded']);
  const times = attempts.map(({ begun_at }) => begun_at);
  expect(times).toEqual(times.toSorted());
  attempts.forEach(inOrder);
});

test('keys come in the order of the documentation', async () => {
  const { orderId } = await purchase({ credit: 30, stock: 3 });
  await checkout(orderId);
  const [attempt] = await attemptsOf(orderId);

  expect(Object.keys(attempt ?? {})).toEqual([
    'attempt',
    'state',
    'reason',
    'user_id',
    'total_cost',
    'request_id',
    'begun_at',
    'decided_at',
    'finished_at',
    'tries',
    'steps',
  ]);
  expect(Object.keys(attempt?.steps[0] ?? {})).toEqual(['step', 'service', 'outcome', 'at', 'detail']);
});
