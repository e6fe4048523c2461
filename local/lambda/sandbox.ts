// What an environment keeps when its runtime is replaced after a timeout or a crash: its temporary folder and its log stream (L3, L10).
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Sandbox {
  readonly tmpDir: string;
  readonly logStream: string;
  remove(): void;
}

/** Makes `<folder>/<id>` empty. */
export function createSandbox(folder: string, now = new Date()): Sandbox {
  const id = randomUUID().replaceAll('-', '');
  const tmpDir = join(folder, id);
  mkdirSync(tmpDir, { recursive: true });
  return {
    tmpDir,
    logStream: `${now.toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`,
    remove: () => rmSync(tmpDir, { recursive: true, force: true }),
  };
}

/** Below the folder of this process; those of hosts that were killed are removed. A new code of a function shares it with the one that still drains. */
export function sandboxFolder(lambdaDir: string, functionName: string): string {
  const all = join(lambdaDir, 'tmp');
  const own = String(process.pid);
  mkdirSync(join(all, own), { recursive: true });
  for (const left of readdirSync(all)) if (left !== own) rmSync(join(all, left), { recursive: true, force: true });
  return join(all, own, functionName);
}
