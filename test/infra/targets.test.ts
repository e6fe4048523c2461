// docs/targets.md shows what the recorded runs and the lists of differences say, and these agree with each other.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outsideGroups, targetsDocument } from '../../scripts/docs/targets-document.ts';
import { differencesOf, readSummary, readTargets, targetNames } from '../../scripts/docs/targets-read.ts';
import { countsOf, SUITES, sum } from '../../scripts/docs/targets-summary.ts';
import { fileOf } from '../support/target.ts';

const tests = join(import.meta.dirname, '..');

test('the page is what runs and lists say; otherwise run node scripts/docs/targets.ts', async () => {
  expect(readFileSync(join(tests, '../docs/targets.md'), 'utf8')).toBe(targetsDocument(await readTargets()));
});

describe.each(targetNames)('%s', (target) => {
  test('what was recorded is of files that exist, each in a row of the table', () => {
    for (const suite of SUITES) {
      const files = Object.keys(readSummary(target)[suite]?.files ?? {});
      expect(files.filter((file) => !existsSync(join(tests, suite, file)))).toEqual([]);
      expect(outsideGroups(suite, files)).toEqual([]);
    }
  });

  test('tests of a file differ, or are not applicable, where some are listed, and nowhere else', async () => {
    const summary = readSummary(target);
    const differences = await differencesOf(target);
    for (const suite of ['system', 'rules'] as const) {
      const { differs, notApplicable } = differences?.[suite] ?? { differs: {}, notApplicable: {} };
      const isListed = (list: object, file: string) => Object.keys(list).some((name) => fileOf(name) === file);
      for (const [file, counts] of Object.entries(summary[suite]?.files ?? {}))
        expect({ file, differ: counts.differs > 0, left: counts.notApplicable > 0 }).toEqual({
          file,
          differ: isListed(differs, file),
          left: isListed(notApplicable, file),
        });
    }
  });
});

const assertion = (status: string, meta: object = {}) => ({ fullName: `a ${status} test`, status, meta });
const report = (...assertionResults: ReturnType<typeof assertion>[]) => ({
  testResults: [{ name: '/checkout/test/system/status.test.ts', status: 'passed', message: '', assertionResults }],
});

test('a test that failed as it must is counted as different, one that was left out by a list as not applicable', () => {
  const counts = countsOf(
    report(assertion('passed'), assertion('passed', { differs: 'why' }), assertion('skipped', { notApplicable: 'why' })),
  );

  expect(counts).toEqual({ 'status.test.ts': { passes: 1, differs: 1, notApplicable: 1 } });
  expect(sum([...Object.values(counts), { passes: 2, differs: 0, notApplicable: 1 }])).toEqual({ passes: 3, differs: 1, notApplicable: 2 });
});

test('a run with a failure, or with a test that was left out for no reason, is not recorded', () => {
  const failed = report(assertion('failed')).testResults.map((file) => ({ ...file, status: 'failed' }));

  expect(() => countsOf({ testResults: failed })).toThrow('status.test.ts');
  expect(() => countsOf(report(assertion('passed'), assertion('skipped')))).toThrow('a skipped test');
});
