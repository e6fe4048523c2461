// One batch of a partition: invoke until every record is processed or given up (K3, K5, K6).
import { type LambdaFunction, TooManyRequests } from '../../lambda/registry.ts';
import { backOff } from '../backoff.ts';
import type { DiscardCondition, FailureDestination } from '../failure-destination.ts';
import { reportedFailures } from '../item-failures.ts';
import { type MappingStats, messageOf } from '../stats.ts';
import { type EventSource, partitionName, type TopicRecord, toEvent } from './record.ts';
import type { RetryPolicy } from './settings.ts';

export interface DeliveryContext {
  readonly fn: LambdaFunction;
  readonly source: EventSource;
  readonly retry: RetryPolicy;
  readonly destination?: FailureDestination;
  readonly stats: MappingStats;
  /** Ends the retries; an invocation in flight ends by itself. */
  readonly signal: AbortSignal;
}

interface Attempt {
  /** What has to be tried again. */
  readonly failed: readonly TopicRecord[];
  /** The function failed as a whole, its records may be split. */
  readonly error: boolean;
}

/**
 * True when the batch is done with and its offsets may be committed; false when it was stopped before that, so that it will come again.
 * Endless without retry limits: a record that always fails holds its partition, as on AWS.
 */
export async function deliver(batch: readonly TopicRecord[], context: DeliveryContext, retriesBefore = 0): Promise<boolean> {
  const { retry, signal } = context;
  const pause = backOff(100, 10_000);
  let pending = batch;
  for (let retries = retriesBefore; ; retries += 1) {
    pending = await withoutExpired(pending, context, retries);
    if (pending.length === 0) return true;
    if (signal.aborted) return false;
    const attempt = await invoke(pending, context);
    if (!attempt) return false;
    pending = attempt.failed;
    if (pending.length === 0) return true;
    if (attempt.error && retry.bisect && pending.length > 1) return bisect(pending, context, retries);
    if (retries >= retry.maximumRetryAttempts) {
      await discard(pending, 'RetryAttemptsExhausted', context, retries + 1);
      return true;
    }
    await pause.wait(signal);
  }
}

/** Halves keep the order and the retries that are left: splitting uses up none. */
async function bisect(batch: readonly TopicRecord[], context: DeliveryContext, retries: number): Promise<boolean> {
  const middle = Math.ceil(batch.length / 2);
  return (await deliver(batch.slice(0, middle), context, retries)) && (await deliver(batch.slice(middle), context, retries));
}

/** Undefined when it was stopped while the function was throttled, which counts as no attempt. */
async function invoke(batch: readonly TopicRecord[], { fn, source, retry, stats, signal }: DeliveryContext): Promise<Attempt | undefined> {
  const pause = backOff(50, 2000);
  for (;;) {
    stats.inFlight += 1;
    try {
      const result = await fn.invoke(toEvent(batch, source));
      if (result.functionError) return fail(batch, result.payload, stats);
      const failures = retry.reportBatchItemFailures
        ? reportedFailures(result.payload, new Set(batch.map(identifier)), identify)
        : new Set();
      if (failures === 'all') return fail(batch, `This is no list of the batch's items: ${result.payload.slice(0, 200)}`, stats);
      const failed = batch.filter((record) => failures.has(identifier(record)));
      stats.processed += batch.length - failed.length;
      stats.failed += failed.length;
      return { failed, error: false };
    } catch (error) {
      if (!(error instanceof TooManyRequests)) return fail(batch, messageOf(error), stats);
      stats.lastError = messageOf(error);
    } finally {
      stats.inFlight -= 1;
    }
    await pause.wait(signal);
    if (signal.aborted) return undefined;
  }
}

function fail(batch: readonly TopicRecord[], error: string, stats: MappingStats): Attempt {
  stats.failed += batch.length;
  stats.lastError = error;
  return { failed: batch, error: true };
}

const identifier = (record: TopicRecord): string => `${partitionName(record)}@${record.offset}`;

/** Kafka's item identifier is `{partition: 'topic-0', offset: 100}`. */
function identify(value: unknown): string | undefined {
  const item = value as { partition?: unknown; offset?: unknown } | null | undefined;
  return typeof item?.partition === 'string' && typeof item.offset === 'number' ? `${item.partition}@${item.offset}` : undefined;
}

async function withoutExpired(batch: readonly TopicRecord[], context: DeliveryContext, invocations: number) {
  const oldest = Date.now() - context.retry.maximumRecordAgeMs;
  const expired = batch.filter((record) => record.timestampMs < oldest);
  if (expired.length === 0) return batch;
  await discard(expired, 'RecordAgeExceeded', context, invocations);
  return batch.filter((record) => record.timestampMs >= oldest);
}

/** A destination that does not answer must not lose records: it is tried until it does or the mapping stops, when they come again. */
async function discard(batch: readonly TopicRecord[], condition: DiscardCondition, context: DeliveryContext, invocations: number) {
  const { destination, fn, source, stats, signal } = context;
  const pause = backOff(100, 10_000);
  while (destination) {
    try {
      return await destination.send({
        batch,
        condition,
        invocations,
        functionArn: fn.definition.arn,
        source,
        event: toEvent(batch, source),
      });
    } catch (error) {
      stats.lastError = `The on-failure destination did not take a batch: ${messageOf(error)}`;
      if (signal.aborted) throw error;
    }
    await pause.wait(signal);
  }
}
