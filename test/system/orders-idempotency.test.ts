// `Idempotency-Key` on every other POST of orders, stock and payment: key, answer and effect are one.
import { beforeAll, describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import { addCredit, attempt, creditOf, find, item, newKey, order, post, stockOf, told, user } from './shop-client.ts';

let known: { user: string; item: string; order: string };
beforeAll(async () => {
  const [userId, itemId] = await Promise.all([user(1000), item(5, 1000)]);
  known = { user: userId, item: itemId, order: await order(userId) };
});

/** A request, and another payload for the same route. */
const routes: Record<string, [path: () => string, other: () => string]> = {
  'orders/create': [() => `/orders/create/${known.user}`, () => '/orders/create/another'],
  'orders/addItem': [() => `/orders/addItem/${known.order}/${known.item}/2`, () => `/orders/addItem/${known.order}/${known.item}/3`],
  'orders/batch_init': [() => '/orders/batch_init/2/3/4/5', () => '/orders/batch_init/2/3/4/6'],
  'stock/item/create': [() => '/stock/item/create/5', () => '/stock/item/create/6'],
  'stock/add': [() => `/stock/add/${known.item}/2`, () => `/stock/add/${known.item}/3`],
  'stock/subtract': [() => `/stock/subtract/${known.item}/2`, () => `/stock/subtract/${known.user}/2`],
  'stock/batch_init': [() => '/stock/batch_init/2/3/4', () => '/stock/batch_init/2/4/4'],
  'payment/add_funds': [() => `/payment/add_funds/${known.user}/2`, () => `/payment/add_funds/${known.item}/2`],
  'payment/pay': [() => `/payment/pay/${known.user}/2`, () => `/payment/pay/${known.user}/3`],
  'payment/batch_init': [() => '/payment/batch_init/2/3', () => '/payment/batch_init/3/3'],
};
/** Everything of `known` that a request may change. */
const state = async () => [await creditOf(known.user), await stockOf(known.item), (await find(known.order)).total_cost];

describe.each(Object.entries(routes))('%s', (_, [path, other]) => {
  test('the same key and payload replay the first answer, without another effect', async () => {
    const key = newKey();
    const first = await attempt(path(), key);
    const after = await state();

    expect(first).toMatchObject({ status: 200, replayed: null });
    expect(await attempt(path(), key)).toEqual({ ...first, replayed: 'true' });
    expect(await attempt(`${path()}/`, key)).toEqual({ ...first, replayed: 'true' });
    expect(await state()).toEqual(after);
  });

  test('the same key with another payload is refused, and does nothing', async () => {
    const key = newKey();
    await attempt(path(), key);
    const after = await state();

    expect(await post(other(), { 'idempotency-key': key })).toEqual({
      status: 422,
      type: JSON_TYPE,
      body: '{"message":"This Idempotency-Key was used with another payload"}',
    });
    expect(await state()).toEqual(after);
  });

  test('the same key at once has one effect; the others are told to wait, or hear of it', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(path(), key)));

    const [first, ...more] = answers.filter(({ status, replayed }) => status === 200 && replayed === null);
    expect(more).toEqual([]);
    const running = { status: 409, body: '{"message":"A request with this Idempotency-Key is still running"}', replayed: null };
    for (const answer of answers) expect(answer).toBeOneOf([first, { ...first, replayed: 'true' }, running]);
  });

  test.each([0, 256])('a key of %i characters is refused, and does nothing', async (length) => {
    const before = await state();

    expect(await post(path(), { 'idempotency-key': 'k'.repeat(length) })).toEqual(
      told(400, 'Idempotency-Key must have 1 to 255 characters'),
    );
    expect(await state()).toEqual(before);
  });

  test('a key may have 255 characters', async () => {
    expect(await attempt(path(), newKey().repeat(8).slice(0, 255))).toMatchObject({ status: 200, replayed: null });
  });
});

test('payment/create_user: the same key is the same user', async () => {
  const key = newKey();
  const first = await attempt('/payment/create_user', key);

  expect(await attempt('/payment/create_user', key)).toEqual({ ...first, replayed: 'true' });
  expect((await attempt('/payment/create_user', newKey())).body).not.toBe(first.body);
});

test('a refusal that depends on the state is replayed, also when it would go well by now', async () => {
  const poor = await user();
  const key = newKey();
  const first = await attempt(`/payment/pay/${poor}/5`, key);
  expect(first).toEqual({ status: 400, body: `User: ${poor} credit cannot get reduced below zero!`, replayed: null });
  await addCredit(poor, 5);

  expect(await attempt(`/payment/pay/${poor}/5`, key)).toEqual({ ...first, replayed: 'true' });
  expect(await creditOf(poor)).toBe(5);
  expect(await post(`/payment/pay/${poor}/5`)).toMatchObject({ status: 200 });
});

test('a request that does not fit its route leaves its key free', async () => {
  const key = newKey();

  expect(await attempt(`/stock/add/${known.item}/-1`, key)).toMatchObject({ status: 400, replayed: null });
  expect(await attempt(`/stock/add/${known.item}/1`, key)).toMatchObject({ status: 200, replayed: null });
});
