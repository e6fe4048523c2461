// The program of every environment's thread as one text. A thread that loads the TypeScript files themselves loads Node's
// type stripper too: 20 ms and 12 MB, each time.
import { join } from 'node:path';
import { buildSync } from 'esbuild';

let bundled: string | undefined;

/** Takes about 30 ms, once a process. */
export function bootstrapCode(): string {
  bundled ??= buildSync({
    entryPoints: [join(import.meta.dirname, 'bootstrap/main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
    tsconfigRaw: '{}',
  }).outputFiles[0]?.text;
  if (bundled === undefined) throw new Error('esbuild made nothing of local/lambda/bootstrap/main.ts');
  return bundled;
}
