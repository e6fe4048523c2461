// Load by wrk with a script of ours: one thread, and its figures as one line of JSON.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findExecutable } from '../../local/backends/executables.mjs';

export const CLIENTS = 16;

/** API Gateway's limit is 29 s: what takes longer is no answer. */
const PATIENCE = '30s';

/** Latencies in milliseconds. */
export interface Load {
  /** In `seconds`; every one a success. */
  readonly answers: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** `answers`, and those before the clock ran. */
  readonly done: number;
}

/** What wrk's scripts print. */
interface Printed extends Omit<Load, 'done'> {
  /** Answers of 400 and more. */
  readonly refused: number;
  /** Connections that failed or were silent for too long. */
  readonly broken: number;
}

/** Throws where one answer was not a success. */
export async function wrk<More>(
  { name, url }: { readonly name: string; readonly url: string },
  script: string,
  seconds: number,
  args: readonly number[],
): Promise<Load & More> {
  const program = findExecutable(['wrk']);
  if (!program) throw new Error('This needs wrk: install it (apt-get install wrk).');
  const options = ['-t1', `-c${CLIENTS}`, `-d${seconds}s`, '--timeout', PATIENCE, '-s', script, url, '--', ...args.map(String)];
  const { stdout } = await promisify(execFile)(program, options);
  const printed = JSON.parse(/^JSON (.*)$/m.exec(stdout)?.[1] ?? 'null') as (Printed & More) | null;
  if (!printed) throw new Error(`wrk's script printed no figures:\n${stdout}`);
  if (printed.refused > 0 || printed.broken > 0)
    throw new Error(`of the requests to ${name}, ${printed.refused} were refused, ${printed.broken} failed:\n${stdout}`);
  return { ...printed, done: printed.answers };
}
