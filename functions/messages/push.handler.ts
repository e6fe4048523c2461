import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { dynamodb, sqs } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { durations } from '../shared/metrics/durations.ts';
import { type Cause, orderedBatch, ownCause, type TracesOf } from '../shared/ordered-batch.ts';
import { deadLetters } from './dead-letters.ts';
import { poster } from './live/poster.ts';
import { Push, pushQueue } from './live/pushes.ts';
import { registry } from './live/registry.ts';
import { type Delivered, liveStream } from './live/stream.ts';
import { secondsUntilTold } from './live/told.ts';
import { messageRepository } from './repository.ts';

const serve = liveStream({
  messages: messageRepository(database()),
  registry: registry(dynamodb(), env('CONNECTIONS_TABLE')),
  poster: poster({ endpoint: env('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'), region: env('AWS_REGION') }),
  askAgain: pushQueue(sqs(), env('PUSHES_QUEUE_URL')).ask,
  clock: Date.now,
});

const told = durations('messages', 'ToldSeconds');

const aside = deadLetters(sqs(), env('DEAD_LETTERS_QUEUE_URL'));

/** What is none of ours is put aside: the queue has one order for all, and nothing may hold it up. */
async function delivered(record: SQSRecord, tracesOf: TracesOf): Promise<Delivered[]> {
  const push = Push.safeParse(jsonOf(record.body));
  if (push.success) {
    const again = Number(record.attributes.ApproximateReceiveCount) > 1;
    return [{ id: record.messageId, push: continued(push.data, tracesOf(record)), again }];
  }
  await aside.put(record, `This is no push: ${push.error.issues[0]?.message}`);
  return [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A push is told for each of its messages, and goes back to as many requests. */
function causesOf(record: SQSRecord): readonly Cause[] {
  const { data: push } = Push.safeParse(jsonOf(record.body));
  return push && 'messages' in push ? push.messages.map(({ requestId, trace }) => ({ requestId, trace })) : [ownCause(record)];
}

const continued = (push: Push, traces: ReturnType<TracesOf>): Push =>
  push.kind === 'received'
    ? { ...push, messages: push.messages.map((message, index) => ({ ...message, trace: traces[index] })) }
    : push.kind === 'stored'
      ? { ...push, messages: push.messages.map((message, index) => ({ ...message, trace: traces[index] })) }
      : push;

export const handler = orderedBatch(async ({ Records }: SQSEvent, _, tracesOf) => {
  const batch = (await Promise.all(Records.map((record) => delivered(record, tracesOf)))).flat();
  await serve(batch);
  told(
    secondsUntilTold(
      batch.map(({ push }) => push),
      Date.now(),
    ),
  );
}, causesOf);
