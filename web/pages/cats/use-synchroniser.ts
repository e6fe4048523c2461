// Watches the synchroniser while somebody sees the page: closely while it runs, otherwise every few seconds and when its next run is due.
import { useEffect, useRef, useState } from 'preact/hooks';
import { RequestFailed } from '../../frame/http.ts';
import { poll, untilVisible } from '../../frame/polling.ts';
import { findRuns, findSync } from './api.ts';
import type { Run, SyncStatus } from './contract.ts';
import { lastChange } from './words.ts';

const WHILE_RUNNING_MS = 1_000;
const OTHERWISE_MS = 5_000;
/** A run that is due takes a moment to begin. */
const AFTER_DUE_MS = 500;
const FEW_RUNS = 10;
/** The API gives no more at once. */
const MANY_RUNS = 100;

interface Watch {
  readonly status?: SyncStatus;
  readonly runs: readonly Run[];
  readonly failure?: RequestFailed;
}

export interface Synchroniser extends Watch {
  /** Changes when the breeds may have changed. Undefined until the first look has ended, so that nothing is read twice. */
  readonly version: string | undefined;
  /** Whether there may be more runs than those. */
  readonly hasMore: boolean;
  showMore(): void;
  look(): Promise<void>;
}

export function useSynchroniser(): Synchroniser {
  const [watch, setWatch] = useState<Watch>({ runs: [] });
  const [absences, setAbsences] = useState(0);
  const life = useRef(new AbortController());
  const limit = useRef(FEW_RUNS);
  const wasAway = useRef(false);

  /** @returns ms until the next look */
  async function look(): Promise<number> {
    const { signal } = life.current;
    try {
      const [status, runs] = await Promise.all([findSync(signal), findRuns(limit.current, signal)]);
      setWatch({ status, runs });
      // Nobody knows what was missed: everything is read again.
      if (wasAway.current) setAbsences((before) => before + 1);
      wasAway.current = false;
      if (status.running || status.lastRun?.state === 'requested') return WHILE_RUNNING_MS;
      const due = status.nextRun === null ? Number.POSITIVE_INFINITY : Date.parse(status.nextRun) - Date.now() + AFTER_DUE_MS;
      return due > 0 ? Math.min(due, OTHERWISE_MS) : WHILE_RUNNING_MS;
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      wasAway.current = true;
      setWatch((before) => ({ ...before, failure: error }));
      return OTHERWISE_MS;
    }
  }

  useEffect(() => {
    const leaving = new AbortController();
    life.current = leaving;
    poll(async (signal) => {
      if (document.visibilityState === 'hidden') wasAway.current = true;
      await untilVisible(signal);
      signal.throwIfAborted();
      return look();
    }, leaving.signal);
    return () => leaving.abort();
  }, []);

  return {
    ...watch,
    version: hasLooked(watch) ? `${lastChange(watch.runs) ?? ''}/${absences}` : undefined,
    hasMore: limit.current < MANY_RUNS && watch.runs.length === limit.current,
    showMore() {
      limit.current = MANY_RUNS;
      look();
    },
    async look() {
      await look();
    },
  };
}

const hasLooked = ({ status, failure }: Watch) => status !== undefined || failure !== undefined;
