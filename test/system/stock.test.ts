// Stock: items, their price, and what is there of them.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import { addStock, get, item, MAX_AMOUNT, post, stockOf, told, value } from './shop-client.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('a new item', () => {
  test.each([0, 1, 7, MAX_AMOUNT])('of price %i has no stock', async (price) => {
    const { status, type, body } = await post(`/stock/item/create/${price}`);

    expect({ status, type }).toEqual({ status: 200, type: JSON_TYPE });
    const { item_id } = JSON.parse(body);
    expect(item_id).toMatch(UUID);
    expect(body).toBe(`{"item_id":"${item_id}"}`);
    expect(await get(`/stock/find/${item_id}`)).toEqual({ status: 200, type: JSON_TYPE, body: `{"stock":0,"price":${price}}` });
  });

  test('is another one each time', async () => {
    expect(await item(1)).not.toBe(await item(1));
  });
});

describe('stock', () => {
  test('goes up and down by what is asked, to the last piece', async () => {
    const id = await item(3);

    expect(await post(`/stock/add/${id}/10`)).toEqual(told(200, `Item: ${id} stock updated to: 10`));
    expect(await post(`/stock/add/${id}/5`)).toEqual(told(200, `Item: ${id} stock updated to: 15`));
    expect(await post(`/stock/subtract/${id}/14`)).toEqual(told(200, `Item: ${id} stock updated to: 1`));
    expect(await post(`/stock/subtract/${id}/1`)).toEqual(told(200, `Item: ${id} stock updated to: 0`));
    expect(await get(`/stock/find/${id}`)).toMatchObject({ body: '{"stock":0,"price":3}' });
  });

  test('never goes below zero', async () => {
    const id = await item(3, 2);

    expect(await post(`/stock/subtract/${id}/3`)).toEqual(told(400, `Item: ${id} stock cannot get reduced below zero!`));
    expect(await stockOf(id)).toBe(2);
  });

  test('by nothing stays as it is', async () => {
    const id = await item(3, 2);

    expect(await post(`/stock/add/${id}/0`)).toEqual(told(200, `Item: ${id} stock updated to: 2`));
    expect(await post(`/stock/subtract/${id}/0`)).toEqual(told(200, `Item: ${id} stock updated to: 2`));
  });

  test('may be more than the largest amount', async () => {
    const id = await item(3, MAX_AMOUNT);

    expect(await post(`/stock/add/${id}/${MAX_AMOUNT}`)).toEqual(told(200, `Item: ${id} stock updated to: ${2 * MAX_AMOUNT}`));
    expect(await post(`/stock/subtract/${id}/${MAX_AMOUNT}`)).toEqual(told(200, `Item: ${id} stock updated to: ${MAX_AMOUNT}`));
  });

  test('is right when many change it at once', async () => {
    const id = await item(1, 20);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => post(`/stock/${n % 3 === 0 ? 'add' : 'subtract'}/${id}/1`)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(60 - answers.filter(({ status }) => status === 400).length);
    const taken = answers.filter(({ status }, n) => status === 200 && n % 3 !== 0).length;
    expect(await stockOf(id)).toBe(40 - taken);
    expect(new Set(answers.filter(({ status }) => status === 400).map(({ body }) => body)).size).toBeLessThanOrEqual(1);
  });
});

describe('an item that does not exist', () => {
  const id = randomUUID();
  const notFound = told(400, `Item: ${id} not found!`);

  test('is not found', async () => {
    expect(await get(`/stock/find/${id}`)).toEqual(notFound);
  });

  test.each(['add', 'subtract'])('cannot be changed: %s', async (change) => {
    expect(await post(`/stock/${change}/${id}/1`)).toEqual(notFound);
    expect(await post(`/stock/${change}/${id}/0`)).toEqual(notFound);
  });
});

describe('batch_init', () => {
  const init = (count: number, stock: number, price: number) => post(`/stock/batch_init/${count}/${stock}/${price}`);
  const done = { status: 200, type: JSON_TYPE, body: '{"msg":"Batch init for stock successful"}' };
  const found = (stock: number, price: number) => ({ body: `{"stock":${stock},"price":${price}}` });

  test('makes items "0" to "n-1"', async () => {
    expect(await init(1000, 50, 6)).toEqual(done);
    for (const id of [0, 9, 10, 500, 999]) expect(await get(`/stock/find/${id}`)).toMatchObject(found(50, 6));
  });

  test('again sets those items back, and no others', async () => {
    await init(12, 5, 1);
    await post('/stock/subtract/3/4');

    expect(await init(11, 7, 2)).toEqual(done);
    for (const id of [0, 3, 10]) expect(await get(`/stock/find/${id}`)).toMatchObject(found(7, 2));
    expect(await get('/stock/find/11')).toMatchObject(found(5, 1));
  });

  test('of one makes one, of none none', async () => {
    await init(2, 5, 1);
    expect(await init(1, MAX_AMOUNT, MAX_AMOUNT)).toEqual(done);
    expect(await init(0, 9, 9)).toEqual(done);

    expect(await get('/stock/find/0')).toMatchObject(found(MAX_AMOUNT, MAX_AMOUNT));
    expect(await get('/stock/find/1')).toMatchObject(found(5, 1));
  });

  test('leaves other items alone', async () => {
    const id = await item(4);
    await addStock(id, 6);
    await init(10, 1, 1);

    expect(await value(get(`/stock/find/${id}`))).toEqual({ stock: 6, price: 4 });
  });
});
