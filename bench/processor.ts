// Processor time: unlike a rate it is hardly touched by what else the machine does.
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds that a process and all below it (the host's backends) have used so far, on all cores. */
export const processorMs = (pid: number): number => [...processorMsByProgram([pid]).values()].reduce((sum, ms) => sum + ms, 0);

/** The same for several processes, by program: `node`, `mariadbd`. */
export function processorMsByProgram(pids: readonly number[], sums = new Map<string, number>()): Map<string, number> {
  for (const pid of pids) {
    const program = nameOf(pid);
    sums.set(program, (sums.get(program) ?? 0) + ticks(pid, OWN) * TICK_MS);
    processorMsByProgram(childrenOf(pid), sums);
  }
  return sums;
}

/** Node calls its process by its main thread. */
const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim().replace('MainThread', 'node');

/** Of the processes that this one started and that have ended. */
export const endedChildrenMs = (): number => ticks(process.pid, ENDED_CHILDREN) * TICK_MS;

export const childrenOf = (pid: number): number[] =>
  unlessEnded(() => readdirSync(`/proc/${pid}/task`)).flatMap((thread) =>
    unlessEnded(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number)),
  );

/** What is read of a process or thread may be gone since it was listed. */
function unlessEnded<Item>(read: () => Item[]): Item[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** Places in /proc/<pid>/stat, counted from behind the name: in user and in kernel mode. */
const OWN = [11, 12] as const;
const ENDED_CHILDREN = [13, 14] as const;

function ticks(pid: number, [user, kernel]: readonly [number, number]): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[user]) + Number(fields[kernel]);
}
