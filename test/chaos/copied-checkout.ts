// A copy of this checkout's sources in a temporary folder, to be changed while a host runs on it.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkout, checkoutFiles } from '../support/checkout-files.ts';

export interface CopiedCheckout {
  readonly root: string;
  /** Puts `after` in the place of `before` in a file. Throws where that is not there. */
  edit(file: string, before: string, after: string): void;
  remove(): void;
}

/** All sources, without the tests; installed packages and fetched tools are shared. */
export function copyCheckout(): CopiedCheckout {
  const root = mkdtempSync(join(tmpdir(), 'stackyard-checkout-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  try {
    fill(root);
  } catch (error) {
    remove();
    throw error;
  }
  return {
    root,
    edit(file, before, after) {
      const text = readFileSync(join(root, file), 'utf8');
      if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
      writeFileSync(
        join(root, file),
        text.replace(before, () => after),
      );
    },
    remove,
  };
}

function fill(root: string): void {
  for (const file of checkoutFiles().filter((name) => !name.startsWith('test/'))) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(checkout, file), join(root, file));
  }
  symlinkSync(join(checkout, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, '.stackyard'));
  symlinkSync(join(checkout, '.stackyard/tools'), join(root, '.stackyard/tools'));
}
