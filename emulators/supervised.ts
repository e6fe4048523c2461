// Starts an emulator's program under the supervisor, waits until it answers, and ends it with everything that it started.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startChild, untilReady } from '../local/backends/child-process.ts';
import { isFree } from '../local/backends/ports.ts';
import { endOrphan, forgetProcess } from '../local/backends/process-record.ts';
import type { Log } from '../local/log.ts';
import type { Emulator } from './emulator.ts';

export interface EmulatorOptions {
  /** Shared by all of this checkout: what is installed once. */
  readonly toolsDir: string;
  /** This run's own: the emulator's files, and its output in server.log. */
  readonly dataDir: string;
  /** 4566, as on every machine with LocalStack, unless another is given. */
  readonly port?: number;
  readonly log: Log;
  /** Where programs are looked for; the process's own by default. */
  readonly environment?: NodeJS.ProcessEnv;
}

export const DEFAULT_PORT = 4566;

export interface Program {
  /** Source of its log lines, e.g. `localstack`. */
  readonly name: string;
  /** With its version, e.g. `LocalStack 4.14.0`. */
  readonly title: string;
  /** Folder of its data, log and process record; also where it runs. */
  readonly dir: string;
  readonly port: number;
  /** Called when it is certain that nothing runs in `dir`. */
  prepare(): Promise<void>;
  /** A Python and what it is to run, e.g. `['/venv/bin/python', '-m', 'ministack']`. */
  readonly command: readonly [python: string, ...args: string[]];
  readonly environment: NodeJS.ProcessEnv;
  /** Path that answers 200 when it is ready. */
  readonly health: string;
}

const SUPERVISOR = fileURLToPath(new URL('./supervisor.py', import.meta.url));
const PROBE_LIMIT_MS = 2_000;

/** Rejects with the end of its log where it dies at start, and with a sentence where the port or the folder is in use. */
export async function startSupervised(program: Program, log: Log): Promise<Emulator> {
  const { name, title, dir, port, command, environment } = program;
  const startedAt = Date.now();
  await mkdir(dir, { recursive: true });
  await endOrphan(name, dir, log);
  if (!(await isFree(port))) throw new Error(`${title} cannot start: port ${port} is in use. Stop what runs there, or use another port.`);
  await program.prepare();

  const run = startChild(dir, { executable: command[0], args: ['-I', SUPERVISOR, ...command] }, environment);
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await run.end();
    forgetProcess(dir);
  };
  const url = `http://localhost:${port}`;
  try {
    await untilReady(title, dir, run, () => answers(`http://127.0.0.1:${port}${program.health}`), new AbortController().signal);
  } catch (error) {
    await stop();
    throw error;
  }
  log('info', name, `${title} ready on ${url} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  void run.ended.then((how) => {
    // Not started again: all that was deployed to it is gone.
    if (!stopping) log('error', name, `${title} died (${how}), and with it all that it held. The end of its output: ${dir}/server.log`);
  });
  return { name: title, url, pid: run.pid, stop };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(PROBE_LIMIT_MS) })).ok;
  } catch {
    return false;
  }
}
