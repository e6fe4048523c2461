// Asynchronous invokes (L11): accepted at once, retried later, and reported where they fail for good.
// Accepted events live in memory: what still waits for a retry when the host stops is lost, and said in the log. Work that must survive goes by a queue.
import { randomUUID } from 'node:crypto';
import type { Log } from '../log.ts';
import type { AsynchronousPolicy, InvokeResult } from './registry.ts';
import { TooManyRequests } from './registry.ts';

/** Waits before the second and the third try, in ms. */
const RETRY_AFTER = [60_000, 120_000];
const FIRST_THROTTLE_WAIT = 1000;
const LONGEST_THROTTLE_WAIT = 300_000;
const MAXIMUM_AGE_SECONDS = 21_600;

export interface FailedEvent {
  readonly requestId: string;
  readonly payload: string;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
  readonly approximateInvokeCount: number;
  /** Of the last try; undefined when none came to run. */
  readonly result: InvokeResult | undefined;
}

export interface AsynchronousOptions {
  readonly name: string;
  readonly log: Log;
  /** Seconds of AWS per second here. */
  readonly timeScale: number;
  readonly invoke: (payload: string, requestId: string) => Promise<InvokeResult>;
  readonly report: (event: FailedEvent) => Promise<void>;
}

export interface AsynchronousInvokes {
  accept(payload: string): void;
  configure(policy: AsynchronousPolicy): void;
  /** Cancels what waits for a retry; tries in flight are the pool's. */
  stop(): void;
}

export function asynchronousInvokes({ name, log, timeScale, invoke, report }: AsynchronousOptions): AsynchronousInvokes {
  const waits = new Map<NodeJS.Timeout, () => void>();
  let policy: AsynchronousPolicy = {};
  let stopped = false;

  /** False when the host stops meanwhile. */
  const wait = (milliseconds: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        waits.delete(timer);
        resolve(true);
      }, milliseconds / timeScale);
      waits.set(timer, () => resolve(false));
    });

  async function process(payload: string): Promise<void> {
    const requestId = randomUUID();
    const maximumRetries = policy.maximumRetryAttempts ?? RETRY_AFTER.length;
    const expires = Date.now() + ((policy.maximumEventAgeSeconds ?? MAXIMUM_AGE_SECONDS) * 1000) / timeScale;
    let tries = 0;
    let throttleWait = FIRST_THROTTLE_WAIT;
    let result: InvokeResult | undefined;
    for (;;) {
      let pause: number;
      try {
        result = await invoke(payload, requestId);
        tries++;
        if (!result.functionError) return;
        const next = RETRY_AFTER[tries - 1];
        if (tries > maximumRetries || next === undefined)
          return report({ requestId, payload, condition: 'RetriesExhausted', approximateInvokeCount: tries, result });
        pause = next;
      } catch (error) {
        if (!(error instanceof TooManyRequests)) throw error;
        pause = throttleWait;
        throttleWait = Math.min(throttleWait * 2, LONGEST_THROTTLE_WAIT);
      }
      if (Date.now() + pause / timeScale > expires) {
        return report({ requestId, payload, condition: 'EventAgeExceeded', approximateInvokeCount: tries, result });
      }
      if (stopped || !(await wait(pause)))
        return log('warn', name, `asynchronous event ${requestId} is lost with the stop of this host: it waited for a retry`);
    }
  }

  return {
    accept: (payload) =>
      void process(payload).catch((error: unknown) => log('error', name, `asynchronous event is lost: ${String(error)}`)),
    configure: (given) => {
      policy = given;
    },
    stop() {
      stopped = true;
      for (const [timer, cancel] of waits) {
        clearTimeout(timer);
        cancel();
      }
    },
  };
}
