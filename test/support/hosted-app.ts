// The whole application as a person starts it: `local/main.ts` in a process of its own, so that it can also be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { processesOf, signalled } from './processes.ts';

const checkout = join(import.meta.dirname, '../..');

export type Backend = 'mariadb' | 'redis' | 'kafka';

export interface HostedAppOptions {
  /** Further flags of `npm start`, e.g. `--no-kafka`. */
  readonly flags?: readonly string[];
  /** Flags of Node itself, e.g. `--import`. */
  readonly nodeFlags?: readonly string[];
  /** Variables beside those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Another copy of the sources than this checkout. */
  readonly root?: string;
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
  /** The exit code, once the process has ended by itself or by a signal of the test. */
  readonly ended: Promise<number | null>;
  /** Ends as Ctrl-C does; gives the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>;
  /** Kills whatever still works on the data folder, then removes the folder. */
  forget(): Promise<void>;
}

const READY_TIMEOUT_MS = 120_000;

/** Resolves when the host says `ready`. Rejects with its output when it ends before. */
export async function startApp({
  flags = [],
  nodeFlags = [],
  environment = {},
  root = checkout,
  dataDir: kept,
  port = 0,
  onOutput,
}: HostedAppOptions = {}): Promise<HostedApp> {
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'stackyard-app-'));
  const main = join(root, 'local/main.ts');
  const child = spawn(process.execPath, [...nodeFlags, main, '--port', String(port), '--data', dataDir, ...flags], {
    cwd: root,
    env: { ...process.env, ...environment },
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
  gone.then(([code]) => ready.reject(new Error(`the host ended (exit code ${code}) before it was ready:\n${output}`)));
  const timer = setTimeout(
    () => ready.reject(new Error(`the host was not ready in ${READY_TIMEOUT_MS / 1000} s:\n${output}`)),
    READY_TIMEOUT_MS,
  );
  await ready.promise
    .finally(() => clearTimeout(timer))
    .catch(async (error: unknown) => {
      await end(child, 'SIGKILL');
      if (kept === undefined) await forget(dataDir);
      throw error;
    });
  return {
    url: found(output, /pages\s+(http:\/\/localhost:\d+)/),
    apiKey: found(output, /x-api-key: (\S+)/),
    pid: child.pid as number,
    dataDir,
    ended: gone.then(([code]) => code as number | null),
    output: () => output,
    backendPid: (backend) =>
      (JSON.parse(readFileSync(join(dataDir, 'host', backend, 'process.json'), 'utf8')) as { server: { pid: number } }).server.pid,
    stop: () => end(child, 'SIGTERM'),
    async kill() {
      await end(child, 'SIGKILL');
    },
    forget: () => forget(dataDir),
  };
}

/** A killed host's servers get their SIGTERM from the kernel and still write while they end. */
async function forget(dataDir: string): Promise<void> {
  for (const pid of processesOf(dataDir)) signalled(pid, 'SIGKILL');
  await eventually(() => processesOf(dataDir).length === 0);
  rmSync(dataDir, { recursive: true, force: true });
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
