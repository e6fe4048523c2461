// docs/scale.md has the tables that `node bench/simulate.ts` prints.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markdown, placed, type Table } from '../../bench/simulate/table.ts';
import { SEED, tables } from '../../bench/simulate/tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/scale.md'), 'utf8');
const small: Table = { name: 'small', columns: ['a', 'b'], rows: [['1', '2']] };

test('the page has the tables that `node bench/simulate.ts --write` puts there', () => {
  const began = process.cpuUsage();
  const all = tables(SEED);
  const { user } = process.cpuUsage(began);
  for (const table of all) expect(placed(page, table), `${table.name}: node bench/simulate.ts --write`).toBe(page);
  expect(user / 1e6, 'seconds of processor time').toBeLessThan(10);
});

test('a table takes the place of what stood there, and nothing else', () => {
  const before = 'one\n<!-- simulated: small -->\nold\n<!-- end of small -->\ntwo';
  const after = `one\n<!-- simulated: small -->\n| a | b |\n|---|---:|\n| 1 | 2 |\n<!-- end of small -->\ntwo`;
  expect(markdown(small)).toBe('| a | b |\n|---|---:|\n| 1 | 2 |');
  expect(placed(before, small)).toBe(after);
  expect(placed(after, small)).toBe(after);
});

test('a page without a place for a table is refused', () => {
  expect(() => placed('<!-- end of small --> <!-- simulated: small -->', small)).toThrow('no place for the table small');
});
