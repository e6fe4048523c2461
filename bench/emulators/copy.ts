// A copy of the checkout that may be edited, with the same packages and installed programs.
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packagesInstalled } from '../../bin/prepare/packages.mjs';

const checkout = join(import.meta.dirname, '../..');
/** Made anew by whoever needs it, or no part of what runs. */
const LEFT_OUT = new Set(['node_modules', '.git', '.stackyard']);

/** @throws Error where the packages are not those of package-lock.json: the copy would install them over those of this checkout. */
export function copyCheckout(to: string): void {
  if (!packagesInstalled(checkout)) throw new Error('The npm packages are not up to date: run npm start once before.');
  cpSync(checkout, to, { recursive: true, filter: (source) => !LEFT_OUT.has(relative(checkout, source)) });
  symlinkSync(join(checkout, 'node_modules'), join(to, 'node_modules'));
  mkdirSync(join(to, '.stackyard'));
  symlinkSync(join(checkout, '.stackyard/tools'), join(to, '.stackyard/tools'));
}
