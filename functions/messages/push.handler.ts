import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { dynamodb, sqs } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { orderedBatch } from '../shared/ordered-batch.ts';
import { deadLetters } from './dead-letters.ts';
import { poster } from './live/poster.ts';
import { Push, pushQueue } from './live/pushes.ts';
import { registry } from './live/registry.ts';
import { type Delivered, liveStream } from './live/stream.ts';
import { messageRepository } from './repository.ts';

const serve = liveStream({
  messages: messageRepository(database()),
  registry: registry(dynamodb(), env('CONNECTIONS_TABLE')),
  poster: poster({ endpoint: env('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'), region: env('AWS_REGION') }),
  askAgain: pushQueue(sqs(), env('PUSHES_QUEUE_URL')).ask,
  clock: Date.now,
});

const aside = deadLetters(sqs(), env('DEAD_LETTERS_QUEUE_URL'));

/** What is none of ours is put aside: the queue has one order for all, and nothing may hold it up. */
async function delivered(record: SQSRecord): Promise<Delivered[]> {
  const push = Push.safeParse(jsonOf(record.body));
  if (push.success) return [{ id: record.messageId, push: push.data, again: Number(record.attributes.ApproximateReceiveCount) > 1 }];
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

export const handler = orderedBatch(async ({ Records }: SQSEvent) => serve((await Promise.all(Records.map(delivered))).flat()));
