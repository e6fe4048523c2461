// How long a poller waits between attempts that fail.
import { setTimeout as delay } from 'node:timers/promises';

export interface BackOff {
  /** Waits twice as long as the last time, up to the limit; returns at once when `signal` aborts. */
  wait(signal: AbortSignal): Promise<void>;
  reset(): void;
}

/** @param firstMs the first wait, @param limitMs the longest one. */
export function backOff(firstMs: number, limitMs: number): BackOff {
  let next = firstMs;
  return {
    wait: async (signal) => {
      const wait = next;
      next = Math.min(limitMs, next * 2);
      await delay(wait, undefined, { signal }).catch(() => undefined);
    },
    reset: () => {
      next = firstMs;
    },
  };
}
