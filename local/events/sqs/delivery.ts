// One batch of a queue: invoke the function, delete what it has done (S4, S6).
import { type LambdaFunction, TooManyRequests } from '../../lambda/registry.ts';
import { backOff } from '../backoff.ts';
import { type Failures, reportedFailures } from '../item-failures.ts';
import type { MappingStats } from '../stats.ts';
import type { Queue, Received } from './queue.ts';

export interface DeliveryContext {
  readonly queue: Queue;
  readonly fn: LambdaFunction;
  readonly reportBatchItemFailures: boolean;
  readonly visibilityTimeoutMs: number;
  readonly stats: MappingStats;
  /** Aborts the wait of a throttled batch, never an invocation. */
  readonly signal: AbortSignal;
}

/**
 * Deletes the messages that succeeded and leaves the others alone: their visibility timeout brings them back, or to the dead-letter queue (S4, S5).
 * Of a FIFO group whatever is reported comes back in its order, before anything younger of that group (S7).
 * Rejects only when the queue itself fails.
 */
export async function deliver(batch: readonly Received[], context: DeliveryContext): Promise<void> {
  const { stats } = context;
  const failures = await attempt(batch, context);
  const done = failures === 'all' ? [] : batch.filter((message) => !failures.has(message.messageId));
  stats.processed += done.length;
  stats.failed += batch.length - done.length;
  if (done.length > 0) await context.queue.delete(done);
}

async function attempt(batch: readonly Received[], context: DeliveryContext): Promise<Failures> {
  const result = await invokeUnlessThrottled(`{"Records":[${batch.map((message) => message.json).join(',')}]}`, batch, context);
  if (!result) return 'all';
  if (result.functionError) {
    context.stats.lastError = result.payload;
    return 'all';
  }
  if (!context.reportBatchItemFailures) return new Set();
  const identify = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const failures = reportedFailures(result.payload, new Set(batch.map((message) => message.messageId)), identify);
  if (failures === 'all')
    context.stats.lastError = `The batch failed as a whole: this is no list of its items: ${result.payload.slice(0, 200)}`;
  return failures;
}

/**
 * A throttled batch is tried again while its messages are still ours: as on AWS the throttling of a function should not use up receives
 * and so send good messages to the dead-letter queue. Undefined when that time is over.
 */
async function invokeUnlessThrottled(payload: string, batch: readonly Received[], context: DeliveryContext) {
  const { fn, stats, signal, visibilityTimeoutMs } = context;
  const oldest = Math.min(...batch.map((message) => message.receivedAt));
  const lastStart = oldest + visibilityTimeoutMs - fn.definition.timeoutSeconds * 1000;
  const pause = backOff(50, 2000);
  for (;;) {
    try {
      return await fn.invoke(payload);
    } catch (error) {
      stats.lastError = String(error);
      if (!(error instanceof TooManyRequests)) return undefined;
    }
    await pause.wait(signal);
    if (signal.aborted || Date.now() >= lastStart) return undefined;
  }
}
