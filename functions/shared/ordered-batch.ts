// A batch of a FIFO queue that succeeds or fails as one: in a group nothing may overtake what failed.
import type { Context, SQSEvent } from 'aws-lambda';
import { journal, queueOf } from './journal.ts';
import { log } from './logging.ts';
import { acceptedRequestId, inRequest, REQUEST_ID } from './request-context.ts';

/** Writes every message of the batch into the journal; what throws brings all of them again after their visibility time-out (S6). */
export const orderedBatch =
  (handle: (event: SQSEvent, context: Context) => Promise<void>) =>
  async (event: SQSEvent, context: Context): Promise<void> => {
    const { Records } = event;
    const startedAt = new Date();
    const began = performance.now();
    const [first] = Records;
    if (!first) return;
    const requestId = requestIdOf(first);
    const failure = await inRequest({ requestId }, () =>
      handle(event, context).then(
        () => undefined,
        (error: unknown) => {
          log.error('batch failed, it will be delivered again', error as Error);
          return { error };
        },
      ),
    );
    const durationMs = performance.now() - began;
    await journal.record(
      queueOf(first.eventSourceARN),
      Records.map((record) => ({ id: record.messageId, requestId: requestIdOf(record), startedAt, durationMs, ...failure })),
    );
    if (failure) throw failure.error;
  };

const requestIdOf = ({ messageAttributes }: SQSEvent['Records'][number]) =>
  acceptedRequestId(messageAttributes[REQUEST_ID]?.stringValue, '-');
