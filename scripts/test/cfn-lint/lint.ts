// cfn-lint 1.58.0 of the Python package index: checks templates against CloudFormation's schemas of every resource type.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPythonFrom, type Python } from '../../../emulators/python.ts';
import { installOnce } from '../../../emulators/virtual-environment.ts';
import type { Log } from '../../../local/log.ts';

/** Checks that are left out, each with the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  W3005: 'CDK writes DependsOn beside references that say the same: harmless, and not ours to change',
};

const PROGRAM = 'import sys; from cfnlint.runner import main; sys.exit(main())';

export const findPython = (): Promise<Python | undefined> => findPythonFrom([3, 11]);

/** Gives the interpreter that has cfn-lint. */
export const installCfnLint = (python: Python, toolsDir: string, log: Log): Promise<string> =>
  installOnce(
    {
      name: 'cfn-lint',
      title: 'cfn-lint 1.58.0',
      folder: join(toolsDir, 'cfn-lint-1.58.0'),
      requirements: fileURLToPath(new URL('./requirements.txt', import.meta.url)),
    },
    python,
    log,
  );

/** One line a finding, errors and warnings alike; none where the templates are right. */
export function lint(interpreter: string, templates: readonly string[], region: string): Promise<string[]> {
  const args = [
    '-c',
    PROGRAM,
    '--format',
    'parseable',
    '--regions',
    region,
    '--ignore-checks',
    ...Object.keys(IGNORED),
    '--template',
    ...templates,
  ];
  return new Promise((resolve, reject) => {
    execFile(interpreter, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const findings = stdout.split('\n').filter(Boolean);
      // It exits with a code that says what kind of findings there are; without any, something else went wrong.
      if (error && findings.length === 0) reject(new Error(`cfn-lint failed:\n${stderr}`));
      else resolve(findings);
    });
  });
}
