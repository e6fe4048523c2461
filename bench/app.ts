// The application as a user starts it: `npm start`, that is bin/start.mjs, on data of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const checkout = join(import.meta.dirname, '..');

export interface App {
  readonly url: string;
  /** From the command to `ready`. */
  readonly startSeconds: number;
  /** Pid of the host; `launcherPid` is the process that prepared the machine and waits for it. */
  readonly pid: number;
  readonly launcherPid: number;
  /** As Ctrl-C does. Gives the seconds that it took. */
  stop(): Promise<number>;
}

/** Resolves at `ready`; rejects with what was printed where it ends before. */
export async function startApp(dataDir: string, flags: readonly string[] = [], root = checkout): Promise<App> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin/start.mjs'), '--port', '0', '--data', dataDir, ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: string) => {
      output += text;
      const pages = /ready in[\s\S]*?pages\s+(http:\/\/localhost:\d+)/.exec(output)?.[1];
      if (pages) resolve(pages.replace('localhost', '127.0.0.1'));
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    ended.then(() => reject(new Error(`npm start ended before it was ready:\n${output}`)), reject);
  });
  return {
    url,
    startSeconds: (performance.now() - began) / 1000,
    pid: Number(readFileSync(join(dataDir, 'host.pid'), 'utf8').split('\n')[0]),
    launcherPid: child.pid ?? 0,
    async stop() {
      const stopping = performance.now();
      child.kill('SIGTERM');
      await ended;
      return (performance.now() - stopping) / 1000;
    },
  };
}
