// Spans leave before an event is over, because an environment may be frozen then. The answer waits for that, but not for long, and not at all for a
// while once the collector turned out to be away or slow: what is told of the work must not hold up the work.
import { sharedRun } from '../shared-run.ts';
import { within } from '../within.ts';

/** A collector in the same region answers within some milliseconds. */
const BOUND_MS = 1_000;
const PAUSE_MS = 30_000;

export interface FlushOptions {
  readonly boundMs?: number;
  readonly pauseMs?: number;
  /** Hears once of each time that the collector is away. */
  readonly onFailure: (error: Error) => void;
}

/** Never rejects. */
export type Flush = () => Promise<void>;

/** @param exportAll sends every span that has ended; rejects where that failed */
export function boundedFlush(exportAll: () => Promise<void>, { boundMs = BOUND_MS, pauseMs = PAUSE_MS, onFailure }: FlushOptions): Flush {
  let pausedUntil = 0;
  let isAway = false;
  // Events that end while spans are on their way share the next call.
  const shared = sharedRun(exportAll);

  return async () => {
    if (performance.now() < pausedUntil) return;
    try {
      await within(boundMs, shared());
      isAway = false;
    } catch (error) {
      pausedUntil = performance.now() + pauseMs;
      if (!isAway) onFailure(error as Error);
      isAway = true;
    }
  };
}
