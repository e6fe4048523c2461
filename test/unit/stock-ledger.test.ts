// The step ledger of stock on a real MariaDB: each step once, all lines or none, and an undo that comes first keeps its do out.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stockLedger } from '../../functions/stock/ledger.ts';
import { stockRepository } from '../../functions/stock/repository.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

let fixture: DatabaseFixture;
let ledger: ReturnType<typeof stockLedger>;
let items: ReturnType<typeof stockRepository>;

beforeAll(async () => {
  fixture = await databaseFixture('stock');
  ledger = stockLedger(fixture.database);
  items = stockRepository(fixture.database);
});
afterAll(() => fixture?.stop());

beforeEach(async () => {
  await fixture.admin('DELETE FROM stock.saga_steps');
  await fixture.admin('DELETE FROM stock.items');
  await fixture.admin("INSERT INTO stock.items (id, price, stock) VALUES ('a', 5, 10), ('b', 7, 2), ('c', 1, 0)");
});

const stockOf = async (id: string) => (await items.find(id))?.stock;
const done = { state: 'done', refused_item: null };

describe('a reservation', () => {
  it('takes all lines, an item that stands twice in one go', async () => {
    expect(
      await ledger.reserve('o/1', [
        ['b', 1, 7],
        ['a', 3, 5],
        ['b', 1, 7],
      ]),
    ).toEqual(done);
    expect([await stockOf('a'), await stockOf('b')]).toEqual([7, 0]);
  });

  it('takes nothing where one line is out of stock, and names the item', async () => {
    expect(
      await ledger.reserve('o/1', [
        ['a', 3, 5],
        ['b', 3, 7],
      ]),
    ).toEqual({ state: 'refused', refused_item: 'b' });
    expect([await stockOf('a'), await stockOf('b')]).toEqual([10, 2]);
  });

  it('is refused for an item that does not exist', async () => {
    expect(
      await ledger.reserve('o/1', [
        ['a', 1, 5],
        ['nothing', 1, 1],
      ]),
    ).toEqual({ state: 'refused', refused_item: 'nothing' });
    expect(await stockOf('a')).toBe(10);
  });

  it('of nothing is done', async () => {
    expect(await ledger.reserve('o/1', [])).toEqual(done);
  });

  it('happens once, however often and at whatever time it is asked for', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => ledger.reserve('o/1', [['a', 3, 5]])));
    expect(all).toEqual(all.map(() => done));
    expect(await stockOf('a')).toBe(7);
  });

  it('that was refused stays refused when there is stock again', async () => {
    await ledger.reserve('o/1', [['c', 1, 1]]);
    await fixture.admin("UPDATE stock.items SET stock = 5 WHERE id = 'c'");
    expect(await ledger.reserve('o/1', [['c', 1, 1]])).toEqual({ state: 'refused', refused_item: 'c' });
    expect(await stockOf('c')).toBe(5);
  });
});

describe('a release', () => {
  it('gives back what was taken, once', async () => {
    await ledger.reserve('o/1', [
      ['a', 3, 5],
      ['b', 2, 7],
    ]);
    await Promise.all(Array.from({ length: 8 }, () => ledger.release('o/1')));
    expect([await stockOf('a'), await stockOf('b')]).toEqual([10, 2]);
  });

  it('that comes first keeps its reservation out', async () => {
    expect(await ledger.release('o/1')).toEqual({ state: 'undone', refused_item: null });
    expect(await ledger.reserve('o/1', [['a', 3, 5]])).toEqual({ state: 'undone', refused_item: null });
    expect(await stockOf('a')).toBe(10);
  });

  it('of a refused reservation gives nothing back', async () => {
    await ledger.reserve('o/1', [['c', 1, 1]]);
    expect((await ledger.release('o/1')).state).toBe('refused');
    expect(await stockOf('c')).toBe(0);
  });

  it('racing its reservation leaves the stock as it was', async () => {
    const sagas = Array.from({ length: 40 }, (_, index) => `o/${index}`);
    await Promise.all(
      sagas.flatMap((saga) => [
        ledger.reserve(saga, [
          ['a', 1, 5],
          ['b', 1, 7],
        ]),
        ledger.release(saga),
      ]),
    );
    expect([await stockOf('a'), await stockOf('b')]).toEqual([10, 2]);
  });
});

it('sagas that take the same items in other orders never deadlock', async () => {
  await fixture.admin('UPDATE stock.items SET stock = 1000');
  const sagas = Array.from({ length: 60 }, (_, index) => `o/${index}`);
  const lines = [
    ['a', 1, 5],
    ['b', 1, 7],
    ['c', 1, 1],
  ] as const;
  const outcomes = await Promise.all(sagas.map((saga, index) => ledger.reserve(saga, index % 2 ? lines : lines.toReversed())));
  expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['done']));
  expect([await stockOf('a'), await stockOf('b'), await stockOf('c')]).toEqual([940, 940, 940]);
  const [status] = (await fixture.admin("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")) as { Value: string }[];
  expect(status?.Value).toBe('0');
});

it('the audit sums what stands, leaves open sagas out, and sees books that do not agree', async () => {
  await ledger.reserve('o/1', [['a', 2, 5]]);
  await ledger.reserve('o/2', [['b', 1, 7]]);
  await ledger.reserve('o/3', [['a', 1, 5]]);
  await ledger.release('o/3');
  const later = new Date(Date.now() + 60_000);
  expect(await ledger.audit(later, [])).toMatchObject({ sagas: 2, value: 17, wrong: 0 });
  expect(await ledger.audit(later, ['o/2'])).toMatchObject({ sagas: 1, value: 10, wrong: 0 });
  await fixture.admin("UPDATE stock.items SET sold = sold + 4 WHERE id = 'a'");
  expect(await ledger.audit(later, [])).toMatchObject({ wrong: 4 });
});
