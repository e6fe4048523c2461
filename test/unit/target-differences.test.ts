// The lists of known differences as vitest takes them: in a folder of their own, with suites that do what is listed and what is not.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Differences, Suite } from '../support/target.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'stackyard-targets-'));

const files: Readonly<Record<string, string>> = {
  'vitest.config.ts': `export default { test: { include: ['test/**/*.test.ts'], setupFiles: ['test/support/target-differences.ts'] } };`,
  'test/targets/fake.ts': `export const differences = {
    rules: {
      differs: {
        'some.test.ts: group > fails here': 'it answers 1, and 2 is documented',
        'some.test.ts: group > fails before it begins': 'its hook fails',
        'some.test.ts: passes by now': 'it was mended',
        'several.test.ts: * (is refused)': 'all are let in',
        'broken.test.ts': 'nothing of it works',
      },
      notApplicable: { 'some.test.ts: group > is nothing here': 'no such thing', 'whole.test.ts': 'no such service', 'nested.test.ts: group > one': 'none' },
    },
    system: { differs: { 'some.test.ts: other suite': 'is not looked at' }, notApplicable: { 'stale.test.ts: gone': 'was renamed' } },
  };`,
  'test/rules/some.test.ts': `import { beforeEach, describe, expect, test } from 'vitest';
    describe('group', () => {
      beforeEach(({ task }) => { if (task.name === 'fails before it begins') throw new Error('no'); });
      test('fails here', () => expect(1).toBe(2));
      test('fails before it begins', () => undefined);
      test('is nothing here', () => { throw new Error('it ran'); });
      test('fails unexpectedly', () => expect(1).toBe(2));
      test('passes', () => undefined);
    });
    test('passes by now', () => undefined);`,
  'test/rules/whole.test.ts': `import { afterAll, beforeAll, test } from 'vitest';
    beforeAll(() => { throw new Error('it was prepared'); });
    afterAll(() => { throw new Error('it was cleared away'); });
    test('anything', () => undefined);`,
  'test/rules/nested.test.ts': `import { beforeAll, describe, test } from 'vitest';
    describe('group', () => { beforeAll(() => { throw new Error('it was prepared'); }); test('one', () => undefined); });
    describe('others', () => test('two', () => undefined));`,
  'test/rules/several.test.ts': `import { describe, expect, test } from 'vitest';
    describe('one', () => test('thing (is refused)', () => expect(1).toBe(2)));
    test('another (is refused)', () => expect(1).toBe(2));
    test('another (is refused) not', () => undefined);`,
  'test/rules/broken.test.ts': `import { expect, test } from 'vitest'; test('fails', () => expect(1).toBe(2)); test('works', () => undefined);`,
  'test/system/stale.test.ts': `import { test } from 'vitest'; test('still here', () => undefined);`,
};

interface Outcome {
  readonly status: string;
  readonly message: string;
  readonly meta: { readonly differs?: string; readonly notApplicable?: string };
}

/** By `file: name`; a file that failed as a whole is there by its own name. */
let outcomes: Map<string, Outcome>;

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'test/support'), { recursive: true });
  for (const name of ['target.ts', 'target-differences.ts'])
    copyFileSync(join(root, 'test/support', name), join(folder, 'test/support', name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', '--outputFile=outcome.json'];
  const env = { ...process.env, RULES_TARGET: 'fake', STACKYARD_TARGET: 'fake' };
  await once(spawn(process.execPath, command, { cwd: folder, env, stdio: 'ignore' }), 'exit');
  const { testResults } = JSON.parse(readFileSync(join(folder, 'outcome.json'), 'utf8'));
  outcomes = new Map(testResults.flatMap(outcomesOf));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: the JSON of a reporter
function outcomesOf({ name, message, assertionResults }: any): [string, Outcome][] {
  const file = name.split('/').at(-1);
  return [
    [file, { status: message ? 'failed' : 'passed', message, meta: {} }],
    // biome-ignore lint/suspicious/noExplicitAny: the same
    ...assertionResults.map(({ ancestorTitles, title, status, failureMessages, meta }: any): [string, Outcome] => [
      `${file}: ${[...ancestorTitles, title].join(' > ')}`,
      { status, message: failureMessages.join('\n'), meta },
    ]),
  ];
}

test('a listed difference must fail, and counts as passed with its reason', () => {
  expect(outcomes.get('some.test.ts: group > fails here')).toEqual({
    status: 'passed',
    message: '',
    meta: { differs: 'it answers 1, and 2 is documented' },
  });
  expect(outcomes.get('some.test.ts: group > fails before it begins')).toMatchObject({
    status: 'passed',
    meta: { differs: 'its hook fails' },
  });
});

test('one that passes is red, and the sentence says what to do', () => {
  expect(outcomes.get('some.test.ts: passes by now')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('some.test.ts: passes by now no longer differs: take it out of the list of fake'),
  });
});

test('an entry may stand for several tests by an asterisk, or for a whole file', () => {
  for (const name of ['one > thing', 'another'])
    expect(outcomes.get(`several.test.ts: ${name} (is refused)`)).toMatchObject({ status: 'passed', meta: { differs: 'all are let in' } });
  expect(outcomes.get('several.test.ts: another (is refused) not')).toEqual({ status: 'passed', message: '', meta: {} });
  expect(outcomes.get('broken.test.ts: fails')).toMatchObject({ status: 'passed', meta: { differs: 'nothing of it works' } });
  expect(outcomes.get('broken.test.ts: works')).toMatchObject({ status: 'failed', message: expect.stringContaining('no longer differs') });
});

test('what is not listed passes and fails as ever', () => {
  expect(outcomes.get('some.test.ts: group > passes')).toEqual({ status: 'passed', message: '', meta: {} });
  expect(outcomes.get('some.test.ts: group > fails unexpectedly')).toMatchObject({ status: 'failed', meta: {} });
});

test('what does not apply is skipped with its reason', () => {
  expect(outcomes.get('some.test.ts: group > is nothing here')).toMatchObject({
    status: 'skipped',
    meta: { notApplicable: 'no such thing' },
  });
});

test('nothing is prepared for a file or a group that does not apply', () => {
  expect(outcomes.get('whole.test.ts')).toMatchObject({ status: 'passed' });
  expect(outcomes.get('whole.test.ts: anything')).toMatchObject({ status: 'skipped', meta: { notApplicable: 'no such service' } });
  expect(outcomes.get('nested.test.ts')).toMatchObject({ status: 'passed' });
  expect(outcomes.get('nested.test.ts: group > one')).toMatchObject({ status: 'skipped' });
  expect(outcomes.get('nested.test.ts: others > two')).toMatchObject({ status: 'passed' });
});

test('a name that is in a list and no test is an error of its file, in its own suite', () => {
  expect(outcomes.get('stale.test.ts')).toMatchObject({
    status: 'failed',
    message: expect.stringContaining('Listed for fake, and no test: stale.test.ts: gone'),
  });
});

const targets = readdirSync(join(root, 'test/targets')).filter((file) => file.endsWith('.ts'));

test.each(targets)('%s lists files that exist, each with a reason', async (target) => {
  const { differences } = (await import(pathToFileURL(join(root, 'test/targets', target)).href)) as { differences: Differences };
  for (const suite of ['rules', 'system'] satisfies Suite[]) {
    const { differs, notApplicable } = differences[suite];
    for (const [name, reason] of Object.entries({ ...differs, ...notApplicable })) {
      expect(existsSync(join(root, 'test', suite, name.split(': ')[0] ?? '')), name).toBe(true);
      expect(reason.length, name).toBeGreaterThan(30);
    }
  }
});
