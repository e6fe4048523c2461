// Batches of records from SQS and Kafka: records are handled side by side, and only those that failed are handed back.
import type { MSKEvent, MSKRecord, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type JournalTask, journal, queueOf } from './journal.ts';
import { log } from './logging.ts';
import { countFailure } from './metrics/failures.ts';
import { acceptedRequestId, inRequest, REQUEST_ID } from './request-context.ts';
import { processing } from './tracing/kinds.ts';
import { inSpan, type SpanOptions } from './tracing/span.ts';
import { telling } from './tracing/start.ts';
import { traceIn } from './tracing/trace-context.ts';

export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: { readonly partition: string; readonly offset: number } }[];
}

interface Work {
  readonly id: string;
  readonly requestId: string | undefined;
  readonly body: string;
  readonly span: () => SpanOptions;
}

/** Handles `body` of every message; what throws is delivered again after its visibility time-out (S6). */
export const sqsBatch =
  (concurrency: number, handle: (body: string) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const queue = queueOf(Records[0]?.eventSourceARN ?? '');
    const outcomes = await settle(
      queue,
      Records.map(({ messageId: id, body, messageAttributes }) => ({
        id,
        body,
        requestId: messageAttributes[REQUEST_ID]?.stringValue,
        span: () => processing('aws_sqs', queue, traceIn(messageAttributes), { 'messaging.message.id': id }),
      })),
      concurrency,
      handle,
    );
    if (Records.length > 0) await journal.record(queue, outcomes);
    return {
      batchItemFailures: Records.filter((_, index) => outcomes[index]?.error !== undefined).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };

/** Handles the value of every record; those that threw are named and delivered again (K5). */
export const kafkaBatch =
  (concurrency: number, handle: (value: string) => Promise<void>) =>
  async ({ records }: MSKEvent): Promise<KafkaBatchResponse> => {
    const all = Object.entries(records).flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
    const topic = all[0]?.record.topic ?? '';
    const outcomes = await settle(
      topic,
      all.map(({ partition, record }) => ({
        id: `${partition}/${record.offset}`,
        body: Buffer.from(record.value, 'base64').toString('utf8'),
        requestId: headerOf(record, REQUEST_ID),
        span: () => kafkaSpan(record),
      })),
      concurrency,
      handle,
    );
    if (all.length > 0) await journal.record(topic, outcomes);
    const failed = all.filter((_, index) => outcomes[index]?.error !== undefined);
    return { batchItemFailures: failed.map(({ partition, record: { offset } }) => ({ itemIdentifier: { partition, offset } })) };
  };

const headerOf = ({ headers }: MSKRecord, name: string): string | undefined => {
  const value = headers.find((header) => name in header)?.[name];
  return value && Buffer.from(value).toString('utf8');
};

const kafkaSpan = (record: MSKRecord): SpanOptions =>
  processing(
    'kafka',
    record.topic,
    { traceparent: headerOf(record, 'traceparent'), tracestate: headerOf(record, 'tracestate') },
    { 'messaging.destination.partition.id': String(record.partition), 'messaging.kafka.offset': record.offset },
  );

/** What became of each piece of work; at most `concurrency` at a time. */
async function settle(
  source: string,
  work: readonly Work[],
  concurrency: number,
  handle: (body: string) => Promise<void>,
): Promise<JournalTask[]> {
  const outcomes: JournalTask[] = [];
  let next = 0;
  const worker = async () => {
    while (next < work.length) {
      const index = next++;
      const { id, body, requestId: sent, span } = work[index] as Work;
      const requestId = acceptedRequestId(sent, '-');
      const startedAt = new Date();
      const began = performance.now();
      const error = await inRequest({ requestId }, () =>
        inSpan(`process ${source}`, span, () => handle(body).catch(failed)).then(
          () => undefined,
          (thrown: unknown) => thrown ?? 'no reason was given',
        ),
      );
      outcomes[index] = { id, requestId, startedAt, durationMs: performance.now() - began, error };
    }
  };
  await telling(() => Promise.all(Array.from({ length: Math.min(concurrency, work.length) }, worker)));
  return outcomes;
}

function failed(thrown: unknown): never {
  log.error('record failed, it will be delivered again', thrown as Error);
  countFailure();
  throw thrown;
}
