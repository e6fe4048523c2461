// A batch of a FIFO queue that succeeds or fails as one: in a group nothing may overtake what failed.
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { journal, queueOf } from './journal.ts';
import { log } from './logging.ts';
import { acceptedRequestId, inRequest, REQUEST_ID } from './request-context.ts';
import { isTracing } from './tracing/active.ts';
import { processing } from './tracing/kinds.ts';
import { inSpans, REQUEST_ID_ATTRIBUTE } from './tracing/span.ts';
import { telling } from './tracing/start.ts';
import { type TraceContext, traceIn } from './tracing/trace-context.ts';

/** A request that a message goes back to, and its place in that request's trace; no span is made where there is none. */
export interface Cause {
  readonly requestId: string;
  readonly trace: TraceContext | undefined;
}

/** What the spans of a message's causes have to send along, in their order; empty where nothing is traced. */
export type TracesOf = (record: SQSRecord) => readonly (TraceContext | undefined)[];

/** Most messages go back to one request, which their attributes name. */
export const ownCause = (record: SQSRecord): Cause => ({ requestId: requestIdOf(record), trace: traceIn(record.messageAttributes) });

/** Writes every message of the batch into the journal; what throws brings all of them again after their visibility time-out (S6). */
export const orderedBatch =
  (
    handle: (event: SQSEvent, context: Context, tracesOf: TracesOf) => Promise<void>,
    causesOf: (record: SQSRecord) => readonly Cause[] = (record) => [ownCause(record)],
  ) =>
  async (event: SQSEvent, context: Context): Promise<void> => {
    const { Records } = event;
    const startedAt = new Date();
    const began = performance.now();
    const [first] = Records;
    if (!first) return;
    const queue = queueOf(first.eventSourceARN);
    const causes = isTracing() ? Records.flatMap((record) => causesOf(record).map((cause) => ({ record, ...cause }))) : [];
    const spans = causes.map(
      ({ record, requestId, trace }) =>
        trace && processing('aws_sqs', queue, trace, { 'messaging.message.id': record.messageId, [REQUEST_ID_ATTRIBUTE]: requestId }),
    );
    const work = () =>
      inSpans(`process ${queue}`, spans, (carriers) =>
        handle(event, context, (record) => carriers.filter((_, index) => causes[index]?.record === record)).catch(failed),
      );
    const failure = await inRequest({ requestId: requestIdOf(first) }, () =>
      telling(work).then(
        () => undefined,
        (error: unknown) => ({ error }),
      ),
    );
    const durationMs = performance.now() - began;
    await journal.record(
      queue,
      Records.map((record) => ({ id: record.messageId, requestId: requestIdOf(record), startedAt, durationMs, ...failure })),
    );
    if (failure) throw failure.error;
  };

function failed(error: unknown): never {
  log.error('batch failed, it will be delivered again', error as Error);
  throw error;
}

const requestIdOf = ({ messageAttributes }: SQSRecord) => acceptedRequestId(messageAttributes[REQUEST_ID]?.stringValue, '-');
