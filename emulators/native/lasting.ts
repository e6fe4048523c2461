// Processes that outlive the command that starts them: found again, and ended, by a later one.
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../../local/backends/child-process.ts';
import { endOrphan, forgetProcess, recordProcess } from '../../local/backends/process-record.ts';
import type { Log } from '../../local/log.ts';

const POLL_MS = 50;
const LAST_LINES = 15;

export interface Lasting {
  /** For sentences, e.g. `The gateway`. */
  readonly title: string;
  /** Of its record and its output, `server.log`. One process a folder. */
  readonly dir: string;
}

/** Starts it, and resolves when `answers` says so; rejects with the end of its output where it ended before, or was not ready in time. */
export async function startLasting(
  { title, dir }: Lasting,
  { executable, args }: Command,
  environment: NodeJS.ProcessEnv,
  { answers, seconds }: { answers: () => Promise<boolean>; seconds: number },
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const logFile = join(dir, 'server.log');
  const output = openSync(logFile, 'w');
  const child = spawn(executable, args, { env: environment, detached: true, stdio: ['ignore', output, output] });
  child.unref();
  if (child.pid !== undefined) recordProcess(dir, child.pid);
  const failure = (what: string) => new Error(`${title} ${what}. The end of ${logFile}:\n${tail(logFile)}`);
  for (let waited = 0; !(await answers()); waited += POLL_MS) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      forgetProcess(dir);
      throw failure('ended while it started');
    }
    if (waited > seconds * 1000) throw failure(`was not ready within ${seconds} s`);
    await delay(POLL_MS);
  }
}

/** Also one that another command has started; nothing where none runs. */
export const endLasting = ({ title, dir }: Lasting, log: Log): Promise<void> => endOrphan(title, dir, log);

const tail = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
