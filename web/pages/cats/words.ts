// What the page says about the synchroniser and its runs.
import type { Condition } from '../../frame/icon.ts';
import { clock } from '../../frame/measures.ts';
import type { Counts, JobCounts, Run, SyncStatus, Upstream } from './contract.ts';

export const upstreams: Record<Upstream, { readonly name: string; readonly meaning: string }> = {
  thecatapi: { name: 'thecatapi.com', meaning: 'Breeds and pictures come from thecatapi.com itself.' },
  configured: {
    name: 'a configured upstream',
    meaning: 'Breeds and pictures come from the address that was configured in place of thecatapi.com (CAT_API_URL).',
  },
  stub: {
    name: 'the bundled stub',
    meaning:
      'There is no key for thecatapi.com, or it cannot be reached: a catalogue that comes with Stackyard answers in its place. Its facts are of real breeds, its pictures are drawn.',
  },
};

export interface Standing {
  readonly condition: Condition;
  readonly sentence: string;
}

/** Without times, so that it changes, and is read aloud, only when something has changed. */
export function standing(status: SyncStatus | undefined, isReachable: boolean): Standing {
  if (!isReachable) return { condition: 'unknown', sentence: 'The synchroniser cannot be asked.' };
  if (status === undefined) return { condition: 'unknown', sentence: 'Asking the synchroniser…' };
  const { enabled, running, lastRun } = status;
  if (running) return { condition: 'up', sentence: enabled ? 'Synchronising now.' : 'Synchronising now; the schedule is stopped.' };
  if (lastRun !== null && lastRun.endedAt === null) return { condition: 'unknown', sentence: 'The last run has not ended yet.' };
  if (lastRun?.state === 'failed')
    return {
      condition: 'down',
      sentence: `The last run failed. What was there is still served${enabled ? '' : '; the schedule is stopped'}.`,
    };
  if (!enabled) return { condition: 'unknown', sentence: 'The schedule is stopped: the breeds stay as they are.' };
  return {
    condition: 'up',
    sentence: lastRun === null ? 'The schedule is on; nothing has run yet.' : 'The schedule is on, the breeds are in step.',
  };
}

const sum = (counts: Counts, figure: keyof JobCounts) => Object.values(counts).reduce((total, job) => total + job[figure], 0);

export const hasChanged = (counts: Counts): boolean => (['added', 'changed', 'removed'] as const).some((figure) => sum(counts, figure) > 0);

/** `2 added, 1 refused`; `nothing changed`. */
export function changes(counts: Counts): string {
  const told = (['added', 'changed', 'removed', 'refused'] as const).map((figure) => ({ figure, count: sum(counts, figure) }));
  const words = told.filter(({ count }) => count > 0).map(({ figure, count }) => `${count.toLocaleString('en')} ${figure}`);
  return [...(hasChanged(counts) ? [] : ['nothing changed']), ...words].join(', ');
}

export const runStates: Record<Run['state'], string> = {
  requested: 'Requested',
  running: 'Running',
  succeeded: 'Succeeded',
  failed: 'Failed',
};
export const causes: Record<Run['cause'], string> = { schedule: 'Schedule', request: 'By hand' };

/** `every minute`, `every 5 minutes`, `every 90 s`. */
export function rhythm(everySeconds: number): string {
  if (everySeconds % 60 !== 0) return `every ${everySeconds} s`;
  return everySeconds === 60 ? 'every minute' : `every ${everySeconds / 60} minutes`;
}

/** `16:04:05`; `3 Nov, 16:04` where that was not today. */
export function moment(time: number, now: number): string {
  if (new Date(time).toDateString() === new Date(now).toDateString()) return clock(time);
  return new Date(time).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** `1:05`, `0:42`; `now` once the time has come. The clocks of server and browser differ: never more than the whole period. */
export function countdown(milliseconds: number, everySeconds: number): string {
  const seconds = Math.min(Math.ceil(milliseconds / 1000), everySeconds);
  return seconds <= 0 ? 'now' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Which run last changed what is served; another one means that everything has to be read again. */
export const lastChange = (runs: readonly Run[]): number | undefined =>
  runs
    .filter(({ state, counts }) => state === 'succeeded' && counts !== null && hasChanged(counts))
    .sort((a, b) => Date.parse(b.endedAt ?? '') - Date.parse(a.endedAt ?? ''))[0]?.id;
