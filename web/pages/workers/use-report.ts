// Looks every two seconds, while somebody sees the page. Where the key is wanted, it waits for the key instead.
import { useEffect, useRef, useState } from 'preact/hooks';
import { apiKey, forgetApiKey, keepApiKey } from '../../frame/api-key.ts';
import { get, json, RequestFailed, unexpected } from '../../frame/http.ts';
import { poll, untilVisible } from '../../frame/polling.ts';
import type { Report } from './contract.ts';

const rhythm = 2_000;
const deadline = 6_000;
const forbidden = 403;

export interface Watch {
  /** The last one that came. */
  readonly report?: Report;
  /** Why the last look gave none. */
  readonly failure?: RequestFailed;
  /** The stage tells its workers to holders of the key only. */
  readonly refusal?: {
    /** A key was given, and not taken. */
    readonly ofKey: boolean;
  };
}

export function useReport(): Watch & { look(): Promise<void>; giveKey(typed: string): void } {
  const [watch, setWatch] = useState<Watch>({});
  const [given, setGiven] = useState<{ readonly key: string }>();
  const life = useRef(new AbortController());

  /** @returns whether another look makes sense */
  async function look(): Promise<boolean> {
    const { signal } = life.current;
    const key = given?.key ?? apiKey();
    try {
      const answer = await get('/api/workers', { signal, deadline, apiKey: key });
      if (answer.status === forbidden) {
        forgetApiKey();
        setWatch({ refusal: { ofKey: key !== undefined } });
        return false;
      }
      if (answer.status !== 200) throw unexpected(answer);
      const report = (await json(answer)) as Report;
      if (given !== undefined) keepApiKey(given.key);
      setWatch({ report });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setWatch(({ refusal: _, ...before }) => ({ ...before, failure: error }));
    }
    return true;
  }

  useEffect(() => {
    const leaving = new AbortController();
    life.current = leaving;
    poll(async (signal) => {
      await untilVisible(signal);
      signal.throwIfAborted();
      const begun = performance.now();
      return (await look()) ? Math.max(0, rhythm - (performance.now() - begun)) : 'stop';
    }, leaving.signal);
    return () => leaving.abort();
  }, [given]);

  return {
    ...watch,
    async look() {
      await look();
    },
    giveKey: (key) => setGiven({ key }),
  };
}
