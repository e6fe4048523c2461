// The program of every environment's thread as one text. A thread that loads the TypeScript files themselves loads Node's
// type stripper too: 20 ms and 12 MB, each time.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// As a program that ends: esbuild's API would leave a process and a thread behind, 30 MB for good.
const esbuild = createRequire(import.meta.url).resolve('esbuild/bin/esbuild');
const entry = join(import.meta.dirname, 'bootstrap/main.ts');
const options = ['--bundle', '--platform=node', '--target=node24', '--format=cjs', '--tsconfig-raw={}'];

let bundled: string | undefined;

/** Takes about 30 ms, once a process. */
export const bootstrapCode = (): string => {
  bundled ??= execFileSync(esbuild, [entry, ...options], { encoding: 'utf8' });
  return bundled;
};
