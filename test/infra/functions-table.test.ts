// docs/functions.md and docs/alarms.md say what the template of prod says.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alarmsDocument } from '../../scripts/docs/alarms-document.ts';
import { functionsDocument } from '../../scripts/docs/functions-document.ts';
import type { Templates } from '../../scripts/docs/templates.ts';
import { synthesized } from './stage.ts';

const written = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');

/** By their stacks' whole names, as the script finds them. */
const prod: Templates = Object.fromEntries(
  Object.entries(synthesized('prod')).map(([name, template]) => [`stackyard-prod-${name}`, template.toJSON()]),
);

test('the table of functions is up to date; if not: node scripts/docs/functions.ts', () => {
  expect(functionsDocument(prod)).toBe(written('functions.md'));
});

test('the list of alarms is up to date; if not: node scripts/docs/functions.ts', () => {
  expect(alarmsDocument(prod)).toBe(written('alarms.md'));
});

test('another time-out, a function more or an alarm less would be seen', () => {
  const text = JSON.stringify(prod);
  const changed = (from: string, to: string): Templates => {
    expect(text).toContain(from);
    return JSON.parse(text.replace(from, to));
  };
  expect(functionsDocument(changed('"Timeout":28', '"Timeout":27'))).not.toBe(written('functions.md'));
  expect(functionsDocument(changed('"FunctionName":"stackyard-prod-orders-api"', '"FunctionName":"stackyard-prod-refunds-api"'))).not.toBe(
    written('functions.md'),
  );
  expect(alarmsDocument(changed('"Type":"AWS::CloudWatch::Alarm"', '"Type":"AWS::CloudWatch::Other"'))).not.toBe(written('alarms.md'));
});

test('every function says what calls it', () => {
  const rows = written('functions.md')
    .split('\n')
    .filter((line) => /^\| [a-z]+-[a-z-]+ \|/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(18);
  for (const row of rows) expect(row.split('|')[5]?.trim()).toMatch(/REST|queue|topic|schedule|deployment|releases|rotation|authorizer/);
});
