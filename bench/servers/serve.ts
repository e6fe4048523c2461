// A server as a child of a program here: it says its address, and ends with the program, however that ends.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** In the child: writes the address, and stops when its input closes. */
export function serveUntilAbandoned(url: string, stop: () => Promise<void>): void {
  process.stdin.resume().once('end', () => stop().finally(() => process.exit()));
  process.stdout.write(`${url}\n`);
}

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** In the program: starts a file of this folder, resolves when it serves. */
export async function serve(file: string, ...args: readonly string[]): Promise<Served> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await Promise.race([firstLine(child), once(child, 'exit').then(() => Promise.reject(new Error(`${file} did not start`)))]);
  return {
    url,
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text.trim();
}
