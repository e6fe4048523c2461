// Runs a suite's program in the foreground and counts what passed.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** Why nothing was run. */
  readonly leftOut?: string;
}

const root = join(import.meta.dirname, '../..');

/** Passed when it exits with 0. */
export async function runCommand(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return (await exitCode(command, args, environment)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Of the last runs, one of each kind: docs/targets.md is made of them. */
const reports = join(root, '.stackyard/reports');

/** Counts tests; a file that could not even be loaded counts as a failed one. */
export async function runVitest(projects: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const report = join(reports, `${[environment.STACKYARD_TARGET ?? environment.RULES_TARGET ?? 'embedded', ...projects].join('-')}.json`);
  // What is not written anew must not be taken for this run's.
  rmSync(report, { force: true });
  const code = await exitCode(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...projects.map((name) => `--project=${name}`),
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    environment,
  );
  return outcomeOf(report, code);
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

function outcomeOf(report: string, code: number | null): Outcome {
  const { numPassedTests: passed, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const failed = numFailedTests || numFailedTestSuites;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function exitCode(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject).on('exit', resolve);
  });
}
