import { setTimeout as pause } from 'node:timers/promises';
import type { Context, SQSEvent } from 'aws-lambda';
import { sqs } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { orderedBatch, type TracesOf } from '../shared/ordered-batch.ts';
import { consumption } from './consumption.ts';
import { deadLetters } from './dead-letters.ts';
import { pushQueue } from './live/pushes.ts';
import { messageRepository } from './repository.ts';

/** Left for the commit that has begun and the announcement. */
const RESERVE_MS = 1_500;

const consume = consumption({
  messages: messageRepository(database()),
  pushes: pushQueue(sqs(), env('PUSHES_QUEUE_URL')),
  deadLetters: deadLetters(sqs(), env('DEAD_LETTERS_QUEUE_URL')),
  pause,
});

export const handler = orderedBatch((event: SQSEvent, context: Context, tracesOf: TracesOf) =>
  consume(event.Records, () => context.getRemainingTimeInMillis() > RESERVE_MS, tracesOf),
);
