// One run of one server: spawned with its output in a file, waited for until it answers, ended for certain.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findExecutable } from './executables.mjs';
import { recordProcess } from './process-record.ts';

export interface Command {
  readonly executable: string;
  readonly args: readonly string[];
}

export interface Running {
  readonly pid: number;
  readonly startedAt: number;
  /** How it ended, in words; never rejects. */
  readonly ended: Promise<string>;
  /** SIGTERM, and SIGKILL after 10 s, also to a stopped process; resolves when it is gone. */
  end(): Promise<void>;
  /** SIGKILL, for one that has not answered yet: MariaDB hangs for ever at a SIGTERM that comes in the last moments of its start. */
  kill(): Promise<void>;
}

const POLL_MS = 20;
const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 10_000;
const LAST_LINES = 15;

/** Starts `command` in `dir`; its output goes to `dir`/server.log, that of the run before is kept as server.log.1. */
export function startChild(dir: string, command: Command, environment: NodeJS.ProcessEnv): Running {
  const { executable, args } = boundToHost(command, environment);
  const output = newLog(dir);
  // Detached: Ctrl-C in a terminal goes to the whole foreground group, and the servers must outlive the host's draining.
  const child = spawn(executable, args, { cwd: dir, env: environment, detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  const ended = endOf(child);
  if (child.pid === undefined) return { pid: 0, startedAt: Date.now(), ended, end: async () => {}, kill: async () => {} };
  recordProcess(dir, child.pid);
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { pid: child.pid, startedAt: Date.now(), ended, end: () => endChild(child, ended), kill };
}

/** Resolves when `answers` says so; rejects with the last lines of its log where it ended, or did not answer in time. */
export async function untilReady(
  name: string,
  dir: string,
  run: Running,
  answers: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  let end: string | undefined;
  void run.ended.then((how) => {
    end = how;
  });
  while (!(await answers())) {
    if (signal.aborted) throw new Error(`${name} was stopped while it started.`);
    if (end !== undefined) throw new Error(`${name} ended while it started (${end}). ${logTail(dir)}`);
    if (Date.now() - run.startedAt > START_LIMIT_MS)
      throw new Error(`${name} did not answer within ${START_LIMIT_MS / 1000} s. ${logTail(dir)}`);
    await Promise.race([run.ended, delay(POLL_MS)]);
  }
}

/** On Linux the kernel sends the server a SIGTERM when this host dies in whatever way; elsewhere the next start ends it. */
function boundToHost({ executable, args }: Command, environment: NodeJS.ProcessEnv): Command {
  const setpriv = process.platform === 'linux' ? findExecutable(['setpriv'], environment) : undefined;
  // Alpine's setpriv is a BusyBox applet, which does not know the option.
  const usable = setpriv !== undefined && basename(realpathSync(setpriv)) === 'setpriv';
  return usable ? { executable: setpriv, args: ['--pdeathsig', 'TERM', '--', executable, ...args] } : { executable, args };
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });

async function endChild(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  // A stopped process takes its SIGTERM only when it goes on.
  child.kill('SIGCONT');
  const killer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
  await ended;
  clearTimeout(killer);
}

const logFile = (dir: string) => join(dir, 'server.log');

function newLog(dir: string): number {
  if (existsSync(logFile(dir))) renameSync(logFile(dir), `${logFile(dir)}.1`);
  return openSync(logFile(dir), 'w');
}

function logTail(dir: string): string {
  const file = logFile(dir);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES);
  return `The end of its log, ${file}:\n${lines.join('\n')}`;
}
