// Ways to do the same work, side by side.
import { median, milliseconds, perSecond, verdict } from '../statistics.ts';
import type { Metered } from './metered.ts';

export interface Measured {
  readonly name: string;
  readonly rounds: readonly Metered[];
}

export const columns = (work: string): string[] => [
  'way',
  'rate',
  'slowest and fastest round',
  'p50',
  'p95',
  'p99',
  `processor time a ${work}`,
];

/** Medians of the rounds. */
export const row = (way: Measured): string[] => [
  way.name,
  perSecond(rate(way)),
  extremes(way),
  ...(['p50', 'p95', 'p99'] as const).map((q) => milliseconds(median(way.rounds.map((round) => round[q])))),
  processorTimes(way),
];

/** `application, …: 7.10 x baseline, goal ≥ 6: reached.` */
export function against(way: Measured, other: Measured, goal: number): string {
  const ratio = rate(way) / rate(other);
  return `${way.name}: ${ratio.toFixed(2)} x ${other.name}, ${verdict(`≥ ${goal}`, ratio >= goal)}.`;
}

const rates = ({ rounds }: Measured): number[] => rounds.map(({ answers, seconds }) => answers / seconds);

const rate = (way: Measured): number => median(rates(way));

const extremes = (way: Measured): string => `${perSecond(Math.min(...rates(way)))}, ${perSecond(Math.max(...rates(way)))}`;

/** `node 0.421 ms, mariadbd 0.350 ms, wrk 0.021 ms` */
export function processorTimes({ rounds }: Measured): string {
  const programs = [...new Set(rounds.flatMap(({ processor }) => [...processor.keys()]))];
  const used = programs.map((program) => [program, median(rounds.map(({ processor }) => processor.get(program) ?? 0))] as const);
  // Less is what a backend uses that has no part in it.
  return used
    .filter(([, ms]) => ms >= 0.002)
    .map(([program, ms]) => `${program} ${ms.toFixed(3)} ms`)
    .join(', ');
}
