// Which target a suite runs against, and what is known to differ there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Suite = 'rules' | 'system';

/** Keys of both: `<file>: <describe> > <test>`, where `*` stands for any text, or a whole `<file>`. Files are named below `test/<suite>`. */
export interface SuiteDifferences {
  /** Tests that must fail there: what the target does, and what AWS documents. */
  readonly differs: Readonly<Record<string, string>>;
  /** Tests that are skipped there, each with its reason. */
  readonly notApplicable: Readonly<Record<string, string>>;
}

export type Differences = Readonly<Record<Suite, SuiteDifferences>>;

/** Rules create what they test, so only RULES_TARGET sends them anywhere; the other suites go to a running application. */
export const targetOf = (suite: Suite): string =>
  (suite === 'rules' ? process.env.RULES_TARGET : process.env.STACKYARD_TARGET) || 'embedded';

/** @throws Error where the target has no file in `folder`; the embedded host, which the tests are written for, needs none. */
export async function differencesOf(
  target: string,
  suite: Suite,
  folder = join(import.meta.dirname, '../targets'),
): Promise<SuiteDifferences> {
  if (target === 'embedded') return { differs: {}, notApplicable: {} };
  const file = join(folder, `${target}.ts`);
  if (!existsSync(file)) throw new Error(`There is no target ${target}: ${file} is missing`);
  const { differences } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { differences: Differences };
  return differences[suite];
}

/** Of the entry that a test has in a list; undefined where it has none. */
export const reasonOf = (list: Readonly<Record<string, string>>, name: string): string | undefined =>
  list[name] ?? Object.entries(list).find(([key]) => isMeant(key, name))?.[1];

/** Is the test of that name meant by an entry of that key? */
export function isMeant(key: string, name: string): boolean {
  if (key === name || key === fileOf(name)) return true;
  return key.includes('*') && new RegExp(`^${key.split('*').map(literally).join('.*')}$`, 's').test(name);
}

const literally = (text: string): string => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');

/** Of an entry's key, and of a test's name. */
export const fileOf = (name: string): string => name.split(': ', 1)[0] ?? '';

const atEnd = new Set<() => Promise<void>>();

/** Runs when the file's tests are over, unless it was taken back by what is returned. */
export function atEndOfFile(work: () => Promise<void>): () => void {
  atEnd.add(work);
  return () => atEnd.delete(work);
}

export async function endOfFile(): Promise<void> {
  const works = [...atEnd];
  atEnd.clear();
  await Promise.all(works.map((work) => work()));
}
