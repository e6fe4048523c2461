// What processes hold in memory.
import { existsSync, readFileSync } from 'node:fs';
import { childrenOf } from '../processor.ts';

export interface Held {
  readonly processes: number;
  /** Megabytes. */
  readonly rss: number;
  /** As RSS, with what processes share divided among them. */
  readonly pss: number;
}

const KB = 1024;

export const heldBy = (pids: readonly number[]): Held => ({ processes: pids.length, rss: sum(pids.map(rss)), pss: sum(pids.map(pss)) });

/** A process and all that it started. */
export const withDescendants = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(withDescendants)];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const rss = (pid: number): number => field(pid, 'status', 'VmRSS') / KB;
const pss = (pid: number): number => field(pid, 'smaps_rollup', 'Pss') / KB;

/** 0 for a process that has ended by now. */
function field(pid: number, file: string, name: string): number {
  const path = `/proc/${pid}/${file}`;
  return existsSync(path) ? Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0) : 0;
}
