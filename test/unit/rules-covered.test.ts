// The list of rules, the tests that prove them and the list of differences speak of the same ids.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const sections = read('docs/aws-rules.md').split(/^## /m).slice(1);
const idsOf = (text: string) => [...text.matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id as string);
const known = sections.flatMap(idsOf);
const hosted = sections.filter((section) => !section.includes('\nNot hosted yet.\n')).flatMap(idsOf);

const range = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);

test('the list has every rule once', () => {
  const expected = [
    ['R', 16],
    ['L', 14],
    ['S', 8],
    ['K', 7],
    ['W', 9],
    ['F', 9],
    ['E', 5],
    ['U', 7],
    ['C', 2],
  ] as const;
  expect([...known].sort()).toEqual(expected.flatMap(([letter, count]) => range(letter, count)).sort());
  expect(hosted).toEqual(
    expect.arrayContaining([
      ...range('R', 16),
      ...range('L', 14),
      ...range('S', 8),
      ...range('K', 7),
      ...range('W', 9),
      ...range('F', 9),
      ...range('E', 5),
      ...range('U', 7),
      ...range('C', 2),
    ]),
  );
});

test('every rule of a hosted service begins the name of a test', () => {
  const tests = readdirSync(join(root, 'test/rules')).filter((file) => file.endsWith('.test.ts'));
  const proven = new Set(
    tests.flatMap((file) => [...read(`test/rules/${file}`).matchAll(/['"`]([A-Z]\d+): /g)].map(([, id]) => id as string)),
  );
  expect(hosted.filter((id) => !proven.has(id))).toEqual([]);
  expect([...proven].filter((id) => !known.includes(id))).toEqual([]);
});

test('every difference is from a rule that exists, and says what is done here and why', () => {
  const rows = read('docs/differences-from-aws.md')
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('|---') && !line.startsWith('| rule |'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(rows.length).toBeGreaterThan(20);
  for (const [id = '', here, why, ...more] of rows) {
    expect([...known, '–'], id).toContain(id);
    expect(here && why, id).toBeTruthy();
    expect(more, id).toEqual([]);
  }
});
