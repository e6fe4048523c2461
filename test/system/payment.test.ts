// Payment: users and their credit.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import { creditOf, get, MAX_AMOUNT, post, told, user } from './shop-client.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test('a new user has no credit', async () => {
  const { status, type, body } = await post('/payment/create_user');

  expect({ status, type }).toEqual({ status: 200, type: JSON_TYPE });
  const { user_id } = JSON.parse(body);
  expect(user_id).toMatch(UUID);
  expect(body).toBe(`{"user_id":"${user_id}"}`);
  expect(await get(`/payment/find_user/${user_id}`)).toEqual({
    status: 200,
    type: JSON_TYPE,
    body: `{"user_id":"${user_id}","credit":0}`,
  });
});

describe('credit', () => {
  test('goes up and down by what is asked, to the last of it', async () => {
    const id = await user();

    expect(await post(`/payment/add_funds/${id}/10`)).toEqual(told(200, `User: ${id} credit updated to: 10`));
    expect(await post(`/payment/pay/${id}/9`)).toEqual(told(200, `User: ${id} credit updated to: 1`));
    expect(await post(`/payment/pay/${id}/1`)).toEqual(told(200, `User: ${id} credit updated to: 0`));
    expect(await creditOf(id)).toBe(0);
  });

  test('never goes below zero', async () => {
    const id = await user(2);

    expect(await post(`/payment/pay/${id}/3`)).toEqual(told(400, `User: ${id} credit cannot get reduced below zero!`));
    expect(await creditOf(id)).toBe(2);
  });

  test('by nothing stays as it is', async () => {
    const id = await user(2);

    expect(await post(`/payment/add_funds/${id}/0`)).toEqual(told(200, `User: ${id} credit updated to: 2`));
    expect(await post(`/payment/pay/${id}/0`)).toEqual(told(200, `User: ${id} credit updated to: 2`));
  });

  test('may be more than the largest amount', async () => {
    const id = await user(MAX_AMOUNT);

    expect(await post(`/payment/add_funds/${id}/${MAX_AMOUNT}`)).toEqual(told(200, `User: ${id} credit updated to: ${2 * MAX_AMOUNT}`));
    expect(await post(`/payment/pay/${id}/${MAX_AMOUNT}`)).toEqual(told(200, `User: ${id} credit updated to: ${MAX_AMOUNT}`));
  });

  test('is spent as often as it lasts when many spend it at once', async () => {
    const id = await user(20);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(`/payment/pay/${id}/1`)));

    const left = answers.filter(({ status }) => status === 200).map(({ body }) => Number(body.split(': ').at(-1)));
    expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(answers.filter(({ status }) => status !== 200)).toEqual(
      Array(30).fill(told(400, `User: ${id} credit cannot get reduced below zero!`)),
    );
    expect(await creditOf(id)).toBe(0);
  });
});

describe('a user that does not exist', () => {
  const id = randomUUID();
  const notFound = told(400, `User: ${id} not found!`);

  test('is not found', async () => {
    expect(await get(`/payment/find_user/${id}`)).toEqual(notFound);
  });

  test.each(['add_funds', 'pay'])('has no credit to change: %s', async (change) => {
    expect(await post(`/payment/${change}/${id}/1`)).toEqual(notFound);
    expect(await post(`/payment/${change}/${id}/0`)).toEqual(notFound);
  });
});

describe('batch_init', () => {
  const init = (count: number, credit: number) => post(`/payment/batch_init/${count}/${credit}`);
  const done = { status: 200, type: JSON_TYPE, body: '{"msg":"Batch init for users successful"}' };
  const found = (id: number, credit: number) => ({ body: `{"user_id":"${id}","credit":${credit}}` });

  test('makes users "0" to "n-1"', async () => {
    expect(await init(1000, 50)).toEqual(done);
    for (const id of [0, 9, 10, 500, 999]) expect(await get(`/payment/find_user/${id}`)).toMatchObject(found(id, 50));
  });

  test('again sets those users back, and no others', async () => {
    await init(12, 5);
    await post('/payment/pay/3/4');

    expect(await init(11, 7)).toEqual(done);
    for (const id of [0, 3, 10]) expect(await get(`/payment/find_user/${id}`)).toMatchObject(found(id, 7));
    expect(await get('/payment/find_user/11')).toMatchObject(found(11, 5));
  });

  test('of one makes one, of none none', async () => {
    await init(2, 5);
    expect(await init(1, MAX_AMOUNT)).toEqual(done);
    expect(await init(0, 9)).toEqual(done);

    expect(await get('/payment/find_user/0')).toMatchObject(found(0, MAX_AMOUNT));
    expect(await get('/payment/find_user/1')).toMatchObject(found(1, 5));
  });
});
