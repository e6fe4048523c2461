// Polls a queue for a function, as the Lambda service does (S1–S7).
import type { LambdaFunction } from '../../lambda/registry.ts';
import type { Log } from '../../log.ts';
import { backOff } from '../backoff.ts';
import { messageOf, newStats, type RunningMapping } from '../stats.ts';
import { concurrencyLimit } from './concurrency.ts';
import { type DeliveryContext, deliver } from './delivery.ts';
import { gather } from './gather.ts';
import type { Queue, Received } from './queue.ts';
import type { SqsSettings } from './settings.ts';

export interface PollerOptions {
  readonly queue: Queue;
  readonly fn: LambdaFunction;
  readonly settings: SqsSettings;
  readonly visibilityTimeoutSeconds: number;
  readonly log: Log;
  readonly timeScale: number;
}

/**
 * One receive at a time, up to the concurrency limit of batches in flight. One long poll idles as well as AWS's five would, and does not
 * wake five times for one message. It asks for messages only when a slot is free, so that none waits here while its visibility runs out.
 */
export function startPolling({ queue, fn, settings, visibilityTimeoutSeconds, log, timeScale }: PollerOptions): RunningMapping {
  const stats = newStats();
  const stopping = new AbortController();
  const inFlight = new Set<Promise<void>>();
  const pending: Received[] = [];
  const limit = concurrencyLimit(settings.maximumConcurrency, 60_000 / timeScale, Date.now);
  const pause = backOff(100, 5000);
  const source = `sqs ${queue.arn.split(':').at(-1)} → ${fn.definition.name}`;
  const context: DeliveryContext = {
    queue,
    fn,
    reportBatchItemFailures: settings.reportBatchItemFailures,
    visibilityTimeoutMs: visibilityTimeoutSeconds * 1000,
    stats,
    signal: stopping.signal,
  };
  let broken = false;

  const fail = (error: unknown) => {
    stats.lastError = messageOf(error);
    if (!broken && !stopping.signal.aborted) log('warn', source, `the queue does not answer, trying on: ${stats.lastError}`);
    broken = true;
  };

  const dispatch = (batch: readonly Received[]) => {
    stats.inFlight += 1;
    const delivery = deliver(batch, context)
      .catch(fail)
      .finally(() => {
        stats.inFlight -= 1;
        inFlight.delete(delivery);
      });
    inFlight.add(delivery);
  };

  const poll = async () => {
    while (!stopping.signal.aborted) {
      if (inFlight.size >= limit.value) {
        await Promise.race(inFlight);
        limit.full();
        continue;
      }
      try {
        const batch = await gather(queue, settings, pending, stopping.signal);
        pause.reset();
        broken = false;
        // What did not fit would be a second batch of its group while the first is in flight (S7).
        if (queue.fifo && pending.length > 0) await queue.giveBack(pending.splice(0));
        if (stopping.signal.aborted) pending.push(...batch);
        else if (batch.length > 0) dispatch(batch);
        else limit.idle();
      } catch (error) {
        fail(error);
        await pause.wait(stopping.signal);
      }
    }
    // What the last poll brought after the stop goes back at once; should that fail, the visibility timeout does it.
    if (pending.length > 0) await queue.giveBack(pending).catch(fail);
    queue.close();
  };

  void poll();
  return {
    stats: () => ({ ...stats }),
    // A long poll that idles is not waited for: it ends with the queue's service, or gives back what it still gets.
    stop: async () => {
      stopping.abort();
      await Promise.all(inFlight);
    },
  };
}
