// Looks every two seconds, while somebody sees the page.
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, json, RequestFailed, unexpected } from '../../frame/http.ts';
import { poll, untilVisible } from '../../frame/polling.ts';
import type { Report } from './contract.ts';

const rhythm = 2_000;
const deadline = 6_000;

export interface Watch {
  /** The last one that came. */
  readonly report?: Report;
  /** Why the last look gave none. */
  readonly failure?: RequestFailed;
}

export function useReport(): Watch & { look(): Promise<void> } {
  const [watch, setWatch] = useState<Watch>({});
  const life = useRef(new AbortController());

  async function look(): Promise<void> {
    const { signal } = life.current;
    try {
      const answer = await get('/api/workers', { signal, deadline });
      if (answer.status !== 200) throw unexpected(answer);
      const report = (await json(answer)) as Report;
      setWatch({ report });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setWatch((before) => ({ ...before, failure: error }));
    }
  }

  useEffect(() => {
    const leaving = new AbortController();
    life.current = leaving;
    poll(async (signal) => {
      await untilVisible(signal);
      signal.throwIfAborted();
      const begun = performance.now();
      await look();
      return Math.max(0, rhythm - (performance.now() - begun));
    }, leaving.signal);
    return () => leaving.abort();
  }, []);
  return { ...watch, look };
}
