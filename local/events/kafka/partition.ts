// Reads one partition in order, with one batch in flight (K2, K3).
import { fill } from '../batch.ts';
import { type DeliveryContext, deliver } from './delivery.ts';
import type { Fetcher } from './fetcher.ts';
import type { TopicRecord } from './record.ts';

export interface PartitionOptions {
  readonly fetcher: Fetcher;
  readonly from: bigint;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly delivery: DeliveryContext;
  /** Called with the offset after a batch that is done with. Rejects when the broker did not take it. */
  readonly commit: (offset: bigint) => Promise<void>;
}

/** How long one idle fetch waits at the broker. Shorter than a request's timeout, or silence would look like a dead broker. */
export const IDLE_WAIT_MS = 2500;

/**
 * Runs until `delivery.signal` aborts, after the batch in flight then is delivered and committed. Rejects when fetching or committing fails:
 * then the connection is no good any more and what was not committed will come again.
 */
export async function consumePartition({ fetcher, from, batchSize, windowMs, delivery, commit }: PartitionOptions): Promise<void> {
  const { signal } = delivery;
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  const pending: TopicRecord[] = [];
  let position = from;

  /** False when stopped. */
  const fetch = async (waitMs: number): Promise<boolean> => {
    if (signal.aborted) return false;
    const fetched = await Promise.race([fetcher.fetch(position, waitMs), stopped]);
    if (!fetched) return false;
    position = fetched.next;
    pending.push(...fetched.records);
    return true;
  };

  while (!signal.aborted) {
    while (pending.length === 0) if (!(await fetch(IDLE_WAIT_MS))) return;
    const flushAt = (pending[0]?.fetchedAt ?? 0) + windowMs;
    let next = fill(pending, batchSize);
    for (let leftMs = flushAt - Date.now(); !next.full && leftMs > 0; leftMs = flushAt - Date.now()) {
      if (!(await fetch(Math.min(leftMs, IDLE_WAIT_MS)))) return;
      next = fill(pending, batchSize);
    }
    const batch = pending.splice(0, next.count);
    const last = batch.at(-1);
    if (last && (await deliver(batch, delivery))) await commit(last.offset + 1n);
  }
}
