// The table of numbers that `batch_init` is made of, on a real MariaDB.
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { numbersBelow } from '../../functions/shared/numbers.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

let fixture: DatabaseFixture;
beforeAll(async () => {
  fixture = await databaseFixture('stock');
});
afterAll(() => fixture?.stop());

it.each([0, 1, 2, 9, 10, 11, 99, 100, 101, 1000, 10_001])('below %i there are all numbers from 0, each once', async (count) => {
  const [rows] = await fixture.database.query<({ number: number } & RowDataPacket)[]>(`SELECT number FROM ${numbersBelow(count)}`);

  expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n));
});

it('takes as many digits as the largest number has, and no more', () => {
  const digits = (count: number) => numbersBelow(count).match(/ AS d\d/g)?.length;

  expect([1, 10, 11, 100, 101, 100_000].map(digits)).toEqual([1, 1, 2, 2, 3, 5]);
});
