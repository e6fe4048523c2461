// Reads what consumers wrote into the journal.
import { executed, type WithCache } from '../shared/cache.ts';
import { journalKeys } from '../shared/journal.ts';
import { Task } from './routes.ts';

export interface Activity {
  /** Newest first. */
  readonly tasks: readonly Task[];
  readonly processedPerSecond: number;
  readonly failures: number;
}

export const TASKS_SHOWN = 100;
/** Long enough to be calm, short enough to be now. */
const RATE_OVER_S = 10;
const FAILURES_OVER_MINUTES = 60;

/** By source; undefined where Redis is away. */
export const journalReader =
  (withCache: WithCache, clock: () => Date) =>
  (sources: readonly string[]): Promise<ReadonlyMap<string, Activity> | undefined> =>
    withCache(async (redis) => {
      const second = Math.floor(clock().getTime() / 1000);
      const pipeline = redis.pipeline();
      for (const source of sources) {
        pipeline
          .lrange(journalKeys.tasks(source), 0, TASKS_SHOWN - 1)
          .mget(before(second, RATE_OVER_S).map((each) => journalKeys.processed(source, each)))
          .mget(before(Math.floor(second / 60) + 1, FAILURES_OVER_MINUTES).map((each) => journalKeys.failed(source, each)));
      }
      const replies = await executed(pipeline);
      return new Map(
        sources.map((source, n) => {
          const [tasks, processed, failed] = replies.slice(3 * n, 3 * n + 3) as [string[], Counter[], Counter[]];
          return [
            source,
            {
              tasks: tasks.map((text) => Task.parse(JSON.parse(text))),
              processedPerSecond: sum(processed) / RATE_OVER_S,
              failures: sum(failed),
            },
          ];
        }),
      );
    });

type Counter = string | null;

/** The `count` whole ones before `now`: the one that is going on would pull a rate down. */
const before = (now: number, count: number): number[] => Array.from({ length: count }, (_, n) => now - 1 - n);

const sum = (counters: readonly Counter[]): number => counters.reduce((total, counter) => total + Number(counter ?? 0), 0);
