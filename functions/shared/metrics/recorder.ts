// When counts go to Redis. The first request after a pause waits for it, so that slow traffic is counted before it is answered; what comes within
// the same moment goes together, and nobody waits for it. What Redis did not take is kept, and sent again under its number.
import { count, type Increments, type Series } from './counts.ts';
import type { AddBatch, Batch } from './store.ts';

const WINDOW_MS = 100;
const AGAIN_MS = 2_000;

/** Resolves when the caller need not wait any longer; never rejects. */
export type RecordRequest = (series: Series, seconds: number) => Promise<void> | undefined;

export function recorder(addBatch: AddBatch, { windowMs = WINDOW_MS, againMs = AGAIN_MS } = {}): RecordRequest {
  let increments: Increments = new Map();
  let inDoubt: Batch | undefined;
  let number = 0;
  let isSending = false;
  let sentAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  async function send(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    isSending = true;
    sentAt = performance.now();
    const isIn = (inDoubt === undefined || (await sent(inDoubt))) && (increments.size === 0 || (await sent(taken())));
    isSending = false;
    if (!isIn) sendIn(againMs);
    else if (increments.size > 0) sendIn(sentAt + windowMs - performance.now());
  }

  function taken(): Batch {
    const batch = { number: ++number, increments };
    increments = new Map();
    return batch;
  }

  async function sent(batch: Batch): Promise<boolean> {
    inDoubt = batch;
    const isIn = await addBatch(batch);
    if (isIn) inDoubt = undefined;
    return isIn;
  }

  /** Keeps no environment alive. Where environments are frozen between events, it runs with the next one. */
  function sendIn(milliseconds: number): void {
    timer = setTimeout(() => void send(), milliseconds).unref();
  }

  return (series, seconds) => {
    count(increments, series, seconds);
    if (isSending) return undefined;
    const wait = sentAt + windowMs - performance.now();
    if (wait <= 0) return send();
    if (!timer) sendIn(wait);
    return undefined;
  };
}
