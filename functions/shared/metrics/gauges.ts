// What a system tells `/metrics` of its present state, where it is asked `{action: 'gauges'}`.
import * as z from 'zod';
import { type Task, task } from '../task.ts';

export const Gauge = z.object({
  /** Prometheus' rules: base units, lower case with underscores, no type in it. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  help: z.string(),
  samples: z.array(z.object({ labels: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string()), value: z.number() })),
});
export type Gauge = z.infer<typeof Gauge>;

/** How a system answers `{action: 'gauges'}`: one of the tasks of its `serviceHandler`. */
export const gaugesTask = (read: () => Promise<readonly Gauge[]>): { readonly gauges: Task } => ({ gauges: task(z.object({}), read) });

/** One sample a state, also for those that nothing is in. */
export const byState = <State extends string>(
  states: readonly State[],
  counts: Readonly<Partial<Record<State, number>>>,
): Gauge['samples'] => states.map((state) => ({ labels: { state }, value: counts[state] ?? 0 }));

/** A count of a table's rows takes longer the more there are: it is kept for this many times as long as it took. */
const KEPT_TIMES = 20;

/** `count`, with at most a twentieth of the time spent on it however often it is asked. Callers at the same time share one. */
export function sparing<Value>(count: () => Promise<Value>): () => Promise<Value> {
  let last: Promise<Value> | undefined;
  let keptUntil = Number.POSITIVE_INFINITY;

  async function fresh(): Promise<Value> {
    const began = performance.now();
    keptUntil = Number.POSITIVE_INFINITY;
    try {
      const value = await count();
      keptUntil = performance.now() + KEPT_TIMES * (performance.now() - began);
      return value;
    } catch (error) {
      last = undefined;
      throw error;
    }
  }

  return () => {
    if (last === undefined || performance.now() > keptUntil) last = fresh();
    return last;
  };
}
