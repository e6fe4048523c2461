// Batches of records from SQS and Kafka: records are handled side by side, and only those that failed are handed back.
import type { MSKEvent, MSKRecord, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type JournalTask, journal, queueOf } from './journal.ts';
import { log } from './logging.ts';
import { acceptedRequestId, inRequest, REQUEST_ID } from './request-context.ts';

export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: { readonly partition: string; readonly offset: number } }[];
}

interface Work {
  readonly id: string;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** Handles `body` of every message; what throws is delivered again after its visibility time-out (S6). */
export const sqsBatch =
  (concurrency: number, handle: (body: string) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await settle(
      Records.map(({ messageId: id, body, messageAttributes }) => ({ id, body, requestId: messageAttributes[REQUEST_ID]?.stringValue })),
      concurrency,
      handle,
    );
    if (Records[0]) await journal.record(queueOf(Records[0].eventSourceARN), outcomes);
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
    const outcomes = await settle(
      all.map(({ partition, record }) => ({
        id: `${partition}/${record.offset}`,
        body: Buffer.from(record.value, 'base64').toString('utf8'),
        requestId: headerOf(record, REQUEST_ID),
      })),
      concurrency,
      handle,
    );
    if (all[0]) await journal.record(all[0].record.topic, outcomes);
    const failed = all.filter((_, index) => outcomes[index]?.error !== undefined);
    return { batchItemFailures: failed.map(({ partition, record: { offset } }) => ({ itemIdentifier: { partition, offset } })) };
  };

const headerOf = ({ headers }: MSKRecord, name: string): string | undefined => {
  const value = headers.find((header) => name in header)?.[name];
  return value && Buffer.from(value).toString('utf8');
};

/** What became of each piece of work; at most `concurrency` at a time. */
async function settle(work: readonly Work[], concurrency: number, handle: (body: string) => Promise<void>): Promise<JournalTask[]> {
  const outcomes: JournalTask[] = [];
  let next = 0;
  const worker = async () => {
    while (next < work.length) {
      const index = next++;
      const { id, body, requestId: sent } = work[index] as Work;
      const requestId = acceptedRequestId(sent, '-');
      const startedAt = new Date();
      const began = performance.now();
      const error = await inRequest({ requestId }, () =>
        handle(body).then(
          () => undefined,
          (thrown: unknown) => {
            log.error('record failed, it will be delivered again', thrown as Error);
            return thrown ?? 'no reason was given';
          },
        ),
      );
      outcomes[index] = { id, requestId, startedAt, durationMs: performance.now() - began, error };
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, work.length) }, worker));
  return outcomes;
}
