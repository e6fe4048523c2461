// Where the time of threads went: functions and packages by the time that they themselves took.
import { type Place, placeOf } from './places.ts';
import type { ThreadProfile } from './record.ts';
import type { CpuProfile } from './v8.ts';

const TOP = 25;
const TOP_OWNERS = 12;
const TOP_IN_ROW = 5;

interface Spent extends Place {
  readonly ms: number;
}

interface Group {
  readonly title: string;
  readonly processorMs: number;
  readonly seconds: number;
  readonly spent: readonly Spent[];
}

/** Each function's threads together, the busiest first. */
const groupsOf = (threads: readonly ThreadProfile[]): Group[] =>
  [...Map.groupBy(threads, ({ name }) => name)]
    .map(([name, own]) => ({
      title: own.length > 1 ? `${name}, ${own.length} threads` : name,
      processorMs: own.reduce((all, { processorMs }) => all + processorMs, 0),
      seconds: own.reduce((all, { profile }) => all + secondsOf(profile), 0),
      spent: together(own.map(({ profile }) => selfTimes(profile))),
    }))
    .sort((a, b) => b.processorMs - a.processorMs);

/** As text, with the busiest functions of each, and of all together. */
export function summary(threads: readonly ThreadProfile[]): string {
  const groups = groupsOf(threads);
  return [
    ...groups.map(({ title, seconds, spent }) =>
      section(`${title}: busy ${share(total(spent), seconds * 1000)} of ${seconds.toFixed(1)} s`, spent),
    ),
    section('all threads', together(groups.map(({ spent }) => [...spent]))),
    [
      '== processor time without profile',
      ...groups.map(({ title, processorMs }) => `${processorMs.toFixed(0).padStart(8)} ms  ${title}`),
    ].join('\n'),
  ].join('\n\n');
}

export const ROW_COLUMNS = ['thread', 'processor time', 'where', 'functions'];

/** A row a thread: how much it used, and the places and functions where most of that went. */
export const summaryRows = (threads: readonly ThreadProfile[]): string[][] =>
  groupsOf(threads).map(({ title, processorMs, spent }) => {
    const most = (list: readonly Spent[], name: (one: Spent) => string) =>
      list
        .slice(0, TOP_IN_ROW)
        .map((one) => `${name(one)} ${share(one.ms, total(spent))}`)
        .join(', ');
    return [
      title,
      `${processorMs.toFixed(0)} ms`,
      most(
        sum(spent, ({ owner }) => owner),
        ({ owner }) => owner,
      ),
      most(spent, ({ name }) => name),
    ];
  });

const together = (spent: readonly Spent[][]): Spent[] => sum(spent.flat(), ({ name, file }) => `${name} ${file}`);

const secondsOf = ({ startTime, endTime }: CpuProfile): number => (endTime - startTime) / 1e6;

/** What V8 calls idle is a thread that waits, and left out. */
function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): Spent[] {
  const micros = new Map<number, number>();
  for (const [i, id] of samples.entries()) micros.set(id, (micros.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  return nodes
    .filter(({ id, callFrame }) => micros.has(id) && callFrame.functionName !== '(idle)')
    .map(({ id, callFrame }) => ({ ...placeOf(callFrame), ms: (micros.get(id) ?? 0) / 1000 }));
}

/** Of the same key together, the longest first. */
function sum(spent: readonly Spent[], key: (spent: Spent) => string): Spent[] {
  const sums = new Map<string, Spent>();
  for (const one of spent) sums.set(key(one), { ...one, ms: (sums.get(key(one))?.ms ?? 0) + one.ms });
  return [...sums.values()].sort((a, b) => b.ms - a.ms);
}

const total = (spent: readonly Spent[]): number => spent.reduce((all, { ms }) => all + ms, 0);

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

function section(title: string, spent: readonly Spent[]): string {
  const all = total(spent);
  const line = (ms: number, text: string) => `${ms.toFixed(0).padStart(8)} ms ${share(ms, all).padStart(7)}  ${text}`;
  const owners = sum(spent, ({ owner }) => owner).slice(0, TOP_OWNERS);
  return [
    `== ${title}`,
    ...owners.map(({ owner, ms }) => line(ms, owner)),
    '   by function',
    ...spent.slice(0, TOP).map(({ name, file, ms }) => line(ms, `${name}  ${file}`)),
  ].join('\n');
}
