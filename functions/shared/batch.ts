// Batches of records from SQS and Kafka: records are handled side by side, and only those that failed are handed back.
import type { MSKEvent, MSKRecord, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { log } from './logging.ts';
import { acceptedRequestId, inRequest } from './request-context.ts';

/** Name of the header or message attribute that carries the request id from producer to consumer. */
export const REQUEST_ID = 'x-request-id';

export interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: { readonly partition: string; readonly offset: number } }[];
}

interface Work {
  readonly requestId: string | undefined;
  readonly body: string;
}

/** Handles `body` of every message; what throws is delivered again after its visibility time-out (S6). */
export const sqsBatch =
  (concurrency: number, handle: (body: string) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await settle(
      Records.map(({ body, messageAttributes }) => ({ body, requestId: messageAttributes[REQUEST_ID]?.stringValue })),
      concurrency,
      handle,
    );
    return { batchItemFailures: Records.filter((_, index) => !outcomes[index]).map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };

/** Handles the value of every record; those that threw are named and delivered again (K5). */
export const kafkaBatch =
  (concurrency: number, handle: (value: string) => Promise<void>) =>
  async ({ records }: MSKEvent): Promise<KafkaBatchResponse> => {
    const all = Object.entries(records).flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
    const outcomes = await settle(
      all.map(({ record }) => ({ body: Buffer.from(record.value, 'base64').toString('utf8'), requestId: headerOf(record, REQUEST_ID) })),
      concurrency,
      handle,
    );
    const failed = all.filter((_, index) => !outcomes[index]);
    return { batchItemFailures: failed.map(({ partition, record: { offset } }) => ({ itemIdentifier: { partition, offset } })) };
  };

const headerOf = ({ headers }: MSKRecord, name: string): string | undefined => {
  const value = headers.find((header) => name in header)?.[name];
  return value && Buffer.from(value).toString('utf8');
};

/** True for each piece of work that succeeded; at most `concurrency` at a time. */
async function settle(work: readonly Work[], concurrency: number, handle: (body: string) => Promise<void>): Promise<boolean[]> {
  const outcomes: boolean[] = new Array(work.length).fill(false);
  let next = 0;
  const worker = async () => {
    while (next < work.length) {
      const index = next++;
      const { body, requestId } = work[index] as Work;
      await inRequest({ requestId: acceptedRequestId(requestId, '-') }, () =>
        handle(body).then(
          () => {
            outcomes[index] = true;
          },
          (error: unknown) => log.error('record failed, it will be delivered again', error as Error),
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, work.length) }, worker));
  return outcomes;
}
