// Setup of the suites that run against several targets: a known difference must show, and what does not apply is skipped with its reason.
import { join, relative, sep } from 'node:path';
import { aroundAll, beforeEach, type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner, vi } from 'vitest';
import { differencesOf, endOfFile, fileOf, isMeant, reasonOf, type Suite, targetOf } from './target.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why the test is known to fail on this target: it did. */
    differs?: string;
    /** Why the test was skipped on this target. */
    notApplicable?: string;
  }
}

const tests = join(import.meta.dirname, '..');
const [suite, ...path] = relative(tests, String(TestRunner.getCurrentSuite().file?.filepath)).split(sep);
const file = path.join('/');
const target = targetOf(suite as Suite);
const { differs, notApplicable } = await differencesOf(target, suite as Suite);

/** Tests of rules deploy what they need: an emulator in seconds, AWS in minutes. */
const TIMEOUTS = { testTimeout: target === 'aws' ? 600_000 : 40_000, hookTimeout: target === 'aws' ? 900_000 : 120_000 };

process.env.STACKYARD_TARGET = target;
if (suite === 'rules' && target !== 'embedded') vi.setConfig(TIMEOUTS);
// A thousand messages take emulators a while.
if (suite === 'system' && target !== 'embedded') vi.setConfig({ testTimeout: 120_000 });

const testsOf = (task: RunnerTestSuite | RunnerTestCase): RunnerTestCase[] => (task.type === 'test' ? [task] : task.tasks.flatMap(testsOf));
const suitesOf = (task: RunnerTestSuite | RunnerTestCase): RunnerTestSuite[] =>
  task.type === 'test' ? [] : [task, ...task.tasks.flatMap(suitesOf)];

/** `rest-answer.test.ts: the answer of a function > R9: …` */
function nameOf(test: RunnerTestCase): string {
  const names = [test.name];
  for (let outer = test.suite; outer; outer = outer.suite) if (outer.name) names.unshift(outer.name);
  return `${file}: ${names.join(' > ')}`;
}

/** @throws Error for an entry of this file that means no test, and for a test that is in both lists. */
function checkLists(names: readonly string[]): void {
  const entries = [...Object.keys(differs), ...Object.keys(notApplicable)].filter((key) => fileOf(key) === file);
  const unknown = entries.filter((key) => !names.some((name) => isMeant(key, name)));
  const twice = names.filter((name) => reasonOf(differs, name) !== undefined && reasonOf(notApplicable, name) !== undefined);
  if (unknown.length > 0) throw new Error(`Listed for ${target}, and no test: ${unknown.join(' | ')}`);
  if (twice.length > 0) throw new Error(`Listed for ${target} both as different and as not applicable: ${twice.join(' | ')}`);
}

const isLeftOut = (test: RunnerTestCase) => test.mode === 'skip' || test.mode === 'todo';

// biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that a hook wants from this pattern
aroundAll(async (runSuite, {}, root) => {
  const all = testsOf(root as RunnerTestFile);
  checkLists(all.map(nameOf));
  for (const test of all) {
    const reason = reasonOf(notApplicable, nameOf(test));
    if (reason === undefined || isLeftOut(test)) continue;
    test.mode = 'skip';
    test.meta.notApplicable = reason;
    // As vitest's own `ctx.skip(reason)` leaves it.
    Object.assign(test, { result: { state: 'skip', note: reason } });
  }
  // What a suite prepares is prepared for its tests only.
  for (const outer of suitesOf(root as RunnerTestFile)) {
    if (!testsOf(outer).every(isLeftOut)) continue;
    const hooks = TestRunner.getSuiteHooks(outer);
    hooks.beforeAll.length = 0;
    hooks.afterAll.length = 0;
  }
  try {
    await runSuite();
  } finally {
    await endOfFile();
  }
});

beforeEach(({ task, onTestFinished }) => {
  const reason = reasonOf(differs, nameOf(task));
  if (reason === undefined) return;
  task.meta.differs = reason;
  onTestFinished(() => {
    const { result } = task;
    if (result?.state === 'pass') throw new Error(`${nameOf(task)} no longer differs: take it out of the list of ${target}`);
    if (result?.state !== 'fail') return;
    result.state = 'pass';
    delete result.errors;
  });
});
