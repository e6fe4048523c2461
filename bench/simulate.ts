// What quotas and arithmetic do not tell: bursts against connections, partitions and listeners, as small simulations. The tables of docs/scale.md.
// `--write` puts them there, `--seed` is the first of five: another draws other chances.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { markdown, placed } from './simulate/table.ts';
import { SEED, tables } from './simulate/tables.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: String(SEED) }, write: { type: 'boolean', default: false } } });
const seed = Number(values.seed);
if (!Number.isInteger(seed)) throw new Error('--seed is a whole number');

const all = tables(seed);
process.stdout.write(`${all.map((table) => `## ${table.name}\n\n${markdown(table)}`).join('\n\n')}\n`);
if (values.write) {
  const page = join(import.meta.dirname, '../docs/scale.md');
  writeFileSync(page, all.reduce(placed, readFileSync(page, 'utf8')));
}
