// Fills one batch from a queue: until it has the batch size, 6 MB, or its window is over (S2).
import { setTimeout as delay } from 'node:timers/promises';
import { fill } from '../batch.ts';
import type { Queue, Received } from './queue.ts';
import type { SqsSettings } from './settings.ts';

/** SQS's longest poll: an idle mapping costs one request in 20 s. */
const LONG_POLL_SECONDS = 20;
/** SQS waits in whole seconds only; the window's last fraction is polled in these steps. */
const FRACTION_MS = 100;

/**
 * Receives onto `pending` and takes the next batch from its front; what does not fit stays there for the next call.
 * Empty when the long poll found nothing. The window starts with the first record and is cut short by `signal`.
 */
export async function gather(queue: Queue, settings: SqsSettings, pending: Received[], signal: AbortSignal): Promise<Received[]> {
  if (pending.length === 0) pending.push(...(await queue.receive(settings.batchSize, LONG_POLL_SECONDS)));
  const first = pending[0];
  if (!first) return [];
  const flushAt = first.receivedAt + settings.windowMs;
  let next = fill(pending, settings.batchSize);
  let drained = settings.windowMs === 0;
  while (!next.full && !signal.aborted && !(drained && Date.now() >= flushAt)) {
    const leftMs = Math.max(0, flushAt - Date.now());
    const waitSeconds = drained ? Math.min(LONG_POLL_SECONDS, Math.floor(leftMs / 1000)) : 0;
    if (drained && waitSeconds === 0) await delay(Math.min(leftMs, FRACTION_MS), undefined, { signal }).catch(() => undefined);
    const more = await queue.receive(settings.batchSize - pending.length, waitSeconds);
    drained = more.length === 0;
    pending.push(...more);
    next = fill(pending, settings.batchSize);
    if (Date.now() >= flushAt) break;
  }
  return pending.splice(0, next.count);
}
