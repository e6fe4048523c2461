// Rows are inserted all, in order, and by statements that no proxy pins a session for.
import { expect, it } from 'vitest';
import type { Connection } from '../../functions/shared/database.ts';
import { insertRows } from '../../functions/shared/insert-rows.ts';

type Row = readonly [number, string];

async function statementsFor(rows: readonly Row[]): Promise<Row[][]> {
  const statements: Row[][] = [];
  const query = async (_: string, [piece]: [Row[]]) => statements.push(piece);
  await insertRows({ query } as unknown as Connection, 'INSERT INTO things (id, name) VALUES ?', rows);
  return statements;
}

const rows = (count: number, bytes: number): Row[] => Array.from({ length: count }, (_, id) => [id, 'é'.repeat(bytes / 2)]);

it('sends few rows in one statement, and none for none', async () => {
  expect(await statementsFor(rows(10, 100))).toEqual([rows(10, 100)]);
  expect(await statementsFor([])).toEqual([]);
});

it('sends many rows in statements of less than 16 KB each, in their order', async () => {
  const all = rows(100, 1_000);
  const statements = await statementsFor(all);

  expect(statements.flat()).toEqual(all);
  expect(statements.length).toBe(9);
  for (const piece of statements) expect(Buffer.byteLength(JSON.stringify(piece))).toBeLessThan(16 * 1024);
});

it('gives a row that is longer by itself a statement to itself', async () => {
  const [first, long, last] = [rows(1, 10)[0] as Row, rows(1, 40_000)[0] as Row, rows(1, 12)[0] as Row];
  expect(await statementsFor([first, long, last])).toEqual([[first], [long], [last]]);
});
