// The whole application as a person starts it: `local/main.ts` in a process of its own, so that it can also be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export type Backend = 'mariadb' | 'redis' | 'kafka';

export interface HostedAppOptions {
  /** Further flags of `npm start`, e.g. `--no-kafka`. */
  readonly flags?: readonly string[];
  /** A folder of an earlier run to go on with; a new temporary one otherwise. */
  readonly dataDir?: string;
  readonly port?: number;
  /** Sees everything that the host writes. */
  readonly onOutput?: (text: string) => void;
}

export interface HostedApp {
  readonly url: string;
  readonly apiKey: string;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything that the host wrote so far. */
  output(): string;
  /** Pid of a server that the host owns, as it is now: a killed one is started again under another. */
  backendPid(backend: Backend): number;
  /** Ends as Ctrl-C does; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** Removes the data folder. */
  forget(): void;
}

const READY_TIMEOUT_MS = 120_000;

/** Resolves when the host says `ready`. Rejects with its output when it ends before. */
export async function startApp({
  flags = [],
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-app-')),
  port = 0,
  onOutput,
}: HostedAppOptions = {}): Promise<HostedApp> {
  const child = spawn(process.execPath, [join(root, 'local/main.ts'), '--port', String(port), '--data', dataDir, ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput?.(text);
      if (output.includes('Ctrl-C stops everything')) ready.resolve();
    });
  }
  const gone = once(child, 'exit');
  gone.then(() => ready.reject(new Error(`the host ended before it was ready:\n${output}`)));
  const timer = setTimeout(
    () => ready.reject(new Error(`the host was not ready in ${READY_TIMEOUT_MS / 1000} s:\n${output}`)),
    READY_TIMEOUT_MS,
  );
  await ready.promise
    .finally(() => clearTimeout(timer))
    .catch(async (error: unknown) => {
      await end(child, 'SIGKILL');
      throw error;
    });
  return {
    url: found(output, /pages\s+(http:\/\/localhost:\d+)/),
    apiKey: found(output, /x-api-key: (\S+)/),
    pid: child.pid as number,
    dataDir,
    output: () => output,
    backendPid: (backend) =>
      (JSON.parse(readFileSync(join(dataDir, 'host', backend, 'process.json'), 'utf8')) as { server: { pid: number } }).server.pid,
    stop: () => end(child, 'SIGTERM'),
    async kill() {
      await end(child, 'SIGKILL');
    },
    forget: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text)?.[1];
  if (match === undefined) throw new Error(`the host's greeting has no ${pattern}:\n${text}`);
  return match;
}

/** True when a process of that id exists. */
export const isAlive = (pid: number): boolean => existsSync(`/proc/${pid}`);
