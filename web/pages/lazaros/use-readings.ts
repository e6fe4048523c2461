// Looks once a second and keeps what it saw.
import { useEffect, useState } from 'preact/hooks';
import { get, json, type RequestFailed } from '../../frame/http.ts';
import { poll } from '../../frame/polling.ts';
import { storedHistory, storeHistory, withReading } from './history.ts';
import { type Reading, reading } from './reading.ts';

/** Milliseconds from the start of one look to the start of the next. */
const rhythm = 1_000;
/** The status answers in under 1 s by contract; after three it counts as silent. */
const deadline = 3_000;

export interface Watch {
  readonly history: readonly Reading[];
  /** Milliseconds that the last look took. */
  readonly took?: number;
  readonly failure?: RequestFailed;
}

export function useReadings(): Watch {
  const [watch, setWatch] = useState<Watch>(() => ({ history: storedHistory(Date.now()) }));
  useEffect(() => {
    const leaving = new AbortController();
    poll(async (signal) => {
      const begun = performance.now();
      const [status, ready] = await Promise.allSettled(
        ['/status', '/status/ready'].map(async (path) => json(await get(path, { signal, deadline }))),
      );
      signal.throwIfAborted();
      const took = performance.now() - begun;
      const next = reading(Date.now(), settled(status), settled(ready));
      setWatch(({ history: before }) => {
        const history = withReading(before, next);
        storeHistory(history);
        return { history, took, ...(status?.status === 'rejected' ? { failure: status.reason } : {}) };
      });
      return Math.max(0, rhythm - took);
    }, leaving.signal);
    return () => leaving.abort();
  }, []);
  return watch;
}

const settled = (outcome: PromiseSettledResult<unknown> | undefined) => (outcome?.status === 'fulfilled' ? outcome.value : undefined);
