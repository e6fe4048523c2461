// `Idempotency-Key` on checkouts: a key stands for one attempt, and for what became of it.
import { describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import {
  addCredit,
  addStock,
  attempt,
  attemptsOf,
  checkout,
  creditOf,
  isPaid,
  newKey,
  OUT_OF_CREDIT,
  PAID,
  purchase,
  stockOf,
  told,
} from './shop-client.ts';

const pay = (order: string, key: string) => attempt(`/orders/checkout/${order}`, key);
const paid = { status: 200, body: 'Checkout successful', replayed: null };
const outOfCredit = { status: 400, body: 'User out of credit', replayed: null };
const again = <Answer extends object>(answer: Answer) => ({ ...answer, replayed: 'true' });

describe('the same key', () => {
  test('replays a success, without a second charge', async () => {
    const { userId, orderId } = await purchase({ credit: 30, stock: 3 });
    const key = newKey();

    expect(await pay(orderId, key)).toEqual(paid);
    expect(await pay(orderId, key)).toEqual(again(paid));
    expect(await checkout(orderId, { 'IDEMPOTENCY-KEY': key })).toEqual(PAID);
    expect(await creditOf(userId)).toBe(20);
  });

  test('replays a failure, also when there would be credit by now; another key is another attempt', async () => {
    const { userId, orderId } = await purchase({ credit: 1, stock: 3 });
    const key = newKey();
    expect(await pay(orderId, key)).toEqual(outOfCredit);
    await addCredit(userId, 9);

    expect(await pay(orderId, key)).toEqual(again(outOfCredit));
    expect(await isPaid(orderId)).toBe(false);
    expect(await pay(orderId, newKey())).toEqual(paid);
    expect(await pay(orderId, key)).toEqual(again(outOfCredit));
    expect(await attemptsOf(orderId)).toHaveLength(2);
  });

  test('replays that an item was out of stock, with its name', async () => {
    const { itemId, orderId } = await purchase({ credit: 30 });
    const key = newKey();
    const failure = { status: 400, body: `Out of stock on item_id: ${itemId}`, replayed: null };
    expect(await pay(orderId, key)).toEqual(failure);
    await addStock(itemId, 1);

    expect(await pay(orderId, key)).toEqual(again(failure));
    expect(await checkout(orderId)).toEqual(PAID);
  });

  test('at another order is refused, and does nothing to it', async () => {
    const [one, other] = await Promise.all([purchase({ credit: 30, stock: 3 }), purchase({ credit: 30, stock: 3 })]);
    const key = newKey();
    await pay(one.orderId, key);

    expect(await checkout(other.orderId, { 'idempotency-key': key })).toEqual({
      status: 422,
      type: JSON_TYPE,
      body: '{"message":"This Idempotency-Key was used with another payload"}',
    });
    expect(await creditOf(other.userId)).toBe(30);
  });

  test('at once has one effect; the others are told to wait, or hear of it', async () => {
    const { userId, itemId, orderId } = await purchase({ credit: 30, stock: 3 });
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(orderId, key)));

    expect(answers.filter(({ status, replayed }) => status === 200 && replayed === null)).toHaveLength(1);
    const running = { status: 409, body: '{"message":"A request with this Idempotency-Key is still running"}', replayed: null };
    for (const answer of answers) expect(answer).toBeOneOf([paid, again(paid), running]);
    expect([await creditOf(userId), await stockOf(itemId)]).toEqual([20, 2]);
  });

  test('of another route is another key', async () => {
    const { userId, orderId } = await purchase({ credit: 30, stock: 3 });
    const key = newKey();

    expect(await attempt(`/payment/add_funds/${userId}/5`, key)).toMatchObject({ status: 200, replayed: null });
    expect(await pay(orderId, key)).toEqual(paid);
  });
});

test('a key at an unknown order stays free', async () => {
  const key = newKey();
  expect(await pay('nothing', key)).toEqual({ status: 400, body: 'Order: nothing not found!', replayed: null });
  const { orderId } = await purchase({ credit: 30, stock: 3 });

  expect(await pay(orderId, key)).toEqual(paid);
});

test('a key at a paid order is answered, and then replayed', async () => {
  const { orderId } = await purchase({ credit: 30, stock: 3 });
  await checkout(orderId);
  const key = newKey();

  expect(await pay(orderId, key)).toEqual(paid);
  expect(await pay(orderId, key)).toEqual(again(paid));
});

test.each(["it's", '"', '\\', '{"a":1}', 'a,b', '$context', 'é', 'a  b', 'k'.repeat(255 - 36)])('a key may be %j', async (text) => {
  const { orderId, userId } = await purchase({ credit: 30, stock: 3 });
  // Told apart from the keys of earlier runs.
  const key = text + userId;

  expect(await pay(orderId, key)).toEqual(paid);
  expect(await pay(orderId, key)).toEqual(again(paid));
});

test.each([256, 1_000])('a key of %i characters is refused, and nothing happens', async (length) => {
  const { userId, orderId } = await purchase({ credit: 30, stock: 3 });

  expect(await checkout(orderId, { 'idempotency-key': 'k'.repeat(length) })).toEqual(
    told(400, 'Idempotency-Key must have 1 to 255 characters'),
  );
  expect(await creditOf(userId)).toBe(30);
});

test('without a key a failed checkout is a new attempt each time', async () => {
  const { orderId } = await purchase({ credit: 1, stock: 3 });

  expect([await checkout(orderId), await checkout(orderId)]).toEqual([OUT_OF_CREDIT, OUT_OF_CREDIT]);
  expect(await attemptsOf(orderId)).toHaveLength(2);
});
