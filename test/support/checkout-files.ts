// The files of this checkout that are sources, found without git: a machine that only runs the tests need not have it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const checkout = join(import.meta.dirname, '../..');

/** What installations and builds make, as .gitignore names it. */
const made = new Set(['.git', '.stackyard', 'node_modules', 'dist', 'cdk.out', 'coverage']);

/** Paths from the top of the checkout, in order; all of it, or what lies below one folder. */
export function checkoutFiles(folder = '.'): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true })
    .filter(({ name }) => !made.has(name))
    .flatMap((entry) => (entry.isDirectory() ? checkoutFiles(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
