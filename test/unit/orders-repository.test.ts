// Orders on a real MariaDB: their lines and totals, and the reset of many at once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINES, type OrderLine } from '../../functions/orders/order-repository.ts';
import { type SagaFixture, sagaFixture } from './saga-fixture.ts';

let on: SagaFixture;
beforeAll(async () => {
  on = await sagaFixture();
});
afterAll(() => on?.stop());
beforeEach(() => on.only('o'));

const add = (line: OrderLine, id = 'o') => on.orders.addItem(id, line, on.database);
const reset = (count: number, items: number, users: number, price: number) =>
  on.database.transaction((connection) => on.orders.reset(count, items, users, price, connection));
const linesOf = async (id = 'o') => (await on.orders.find(id))?.items;

describe('adding an item', () => {
  it('keeps what was added, in order, at its price of that time', async () => {
    expect(await add(['j', 3, 7])).toBe(31);
    expect(await add(['i', 1, 6])).toBe(37);
    expect(await on.orders.find('o')).toMatchObject({
      total_cost: 37,
      items: [
        ['i', 2, 5],
        ['j', 3, 7],
        ['i', 1, 6],
      ],
    });
  });

  it('many times at once loses none', async () => {
    const totals = await Promise.all(Array.from({ length: 20 }, (_, n) => add([`i${n}`, 1, 1])));

    expect(totals.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => 11 + n));
    expect(await linesOf()).toHaveLength(21);
  });

  it.each(['checking out', 'paid'])('is refused while the order is %s', async (status) => {
    await on.admin('UPDATE orders.orders SET status = ?', [status]);

    expect(await add(['j', 1, 1])).toBeUndefined();
    expect(await linesOf()).toEqual([['i', 2, 5]]);
  });

  it('is refused where the order is not there', async () => {
    expect(await add(['j', 1, 1], 'nothing')).toBeUndefined();
    expect(await add(['j', 1, 1], 'o ')).toBeUndefined();
  });

  it('is refused where the total would be no exact number any more', async () => {
    const most = 2 ** 31 - 1;
    expect(await add(['j', most, 2_000_000])).toBe(10 + most * 2_000_000);

    expect(await add(['j', most, most])).toBeUndefined();
    expect(await add(['j', most, 2_194_304])).toBe(10 + most * 4_194_304);
    expect(await add(['j', 4_194_293, 1])).toBe(2 ** 53 - 1);
    expect(await add(['j', 1, 1])).toBeUndefined();
  });

  it('is refused when the order is as long as a saga can carry', async () => {
    const lines = JSON.stringify(Array(MAX_LINES - 1).fill(['i', 1, 0]));
    await on.admin('UPDATE orders.orders SET items = ?, total_cost = 0', [lines]);

    expect(await add(['j', 1, 1])).toBe(1);
    expect(await add(['j', 1, 1])).toBeUndefined();
  });

  it.each(['"', "'", '\\', '<b>', '😀', '$[0]'])('takes an item id as it is: %s', async (id) => {
    await add([id, 1, 1]);

    expect((await linesOf())?.at(-1)).toEqual([id, 1, 1]);
  });
});

describe('a reset', () => {
  it('makes orders of two items each, of users and items that are there', async () => {
    await reset(200, 3, 4, 7);

    const all = await Promise.all(Array.from({ length: 200 }, (_, n) => on.orders.find(String(n))));
    for (const order of all) expect(order).toMatchObject({ total_cost: 14, status: 'open' });
    const kinds = (values: (string | undefined)[]) => [...new Set(values)].sort();
    expect(kinds(all.map((order) => order?.user_id))).toEqual(['0', '1', '2', '3']);
    expect(kinds(all.flatMap((order) => order?.items.map(([id]) => id)))).toEqual(['0', '1', '2']);
    for (const [, quantity, price] of all.flatMap((order) => order?.items ?? [])) expect([quantity, price]).toEqual([1, 7]);
    expect(await on.orders.find('200')).toBeUndefined();
  });

  it('of none changes nothing', async () => {
    await reset(0, 1, 1, 1);

    expect(await on.orders.find('0')).toBeUndefined();
  });

  it('makes paid orders open again, as another attempt than all before', async () => {
    await reset(1, 1, 1, 7);
    await on.sagas.complete(await on.begun('0'));
    await reset(1, 1, 1, 9);

    expect(await on.orders.find('0')).toMatchObject({ total_cost: 18, status: 'open' });
    expect((await on.begun('0')).attempt).toBeGreaterThan(1);
    expect(await linesOf()).toEqual([['i', 2, 5]]);
  });

  it('undoes sagas that were running: they cannot be completed any more', async () => {
    await reset(2, 1, 1, 7);
    const saga = await on.begun('0');
    const other = await on.begun('o');
    await reset(2, 1, 1, 7);

    expect(await on.sagas.complete(saga)).toEqual({ state: 'compensating', reason: 'The order was reset' });
    expect(await on.statusOf('0')).toBe('open');
    expect(await on.sagas.complete(other)).toMatchObject({ state: 'succeeded' });
  });
});
