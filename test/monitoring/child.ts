// A server as a test starts it: in a folder of its own, on loopback, ended with everything it wrote.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';

/** A broker on a busy machine of two processors. */
const READY_WITHIN_MS = 90_000;

export interface Child {
  /** Ends it with SIGTERM, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Resolves when `answers` does so without throwing; rejects with the server's last words when it ends instead. */
export async function startChild(
  command: string,
  args: readonly string[],
  folder: string,
  answers: () => Promise<boolean>,
): Promise<Child> {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  const ended = Promise.withResolvers<never>();
  child.on('error', ended.reject).on('exit', () => ended.reject(new Error(`${command} ended:\n${said}`)));
  ended.promise.catch(() => undefined);
  try {
    await Promise.race([ended.promise, eventually(answers, READY_WITHIN_MS)]);
  } catch (error) {
    await stopped(child);
    throw error;
  }
  return { stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'stackyard-monitoring-'));
export const removed = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
