// What is kept of runs, and the lists of what differs, by target.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LOCALSTACK_VERSION } from '../../emulators/localstack/install.ts';
import { MINISTACK_VERSION } from '../../emulators/ministack/install.ts';
import type { Differences } from '../../test/support/target.ts';
import type { Target } from './targets-document.ts';
import type { Summary } from './targets-summary.ts';

const folder = join(import.meta.dirname, '../../test/targets');

/** The order of the page's columns. */
export const TARGETS = {
  embedded: { title: 'embedded host', otherwise: 'not run' },
  localstack: { title: `LocalStack ${LOCALSTACK_VERSION}`, otherwise: 'not run' },
  ministack: { title: `MiniStack ${MINISTACK_VERSION}`, otherwise: 'not run' },
  aws: { title: 'AWS', otherwise: 'by credentials' },
} as const;
export type TargetName = keyof typeof TARGETS;
export const targetNames = Object.keys(TARGETS) as TargetName[];

export const summaryFile = (target: TargetName): string => join(folder, 'reports', `${target}.json`);

/** Empty where nothing was recorded yet. */
export function readSummary(target: TargetName): Summary {
  const file = summaryFile(target);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Summary) : {};
}

export const readTargets = (): Promise<Target[]> =>
  Promise.all(targetNames.map(async (name) => ({ ...TARGETS[name], summary: readSummary(name), differences: await differencesOf(name) })));

/** Undefined for the embedded host, which the tests are written for. */
export async function differencesOf(target: TargetName): Promise<Differences | undefined> {
  const file = join(folder, `${target}.ts`);
  if (!existsSync(file)) return undefined;
  return ((await import(pathToFileURL(file).href)) as { differences: Differences }).differences;
}
