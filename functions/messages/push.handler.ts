import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { dynamodb, sqs } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { orderedBatch } from '../shared/ordered-batch.ts';
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

const delivered = ({ messageId, body, attributes }: SQSRecord): Delivered => ({
  id: messageId,
  push: Push.parse(JSON.parse(body)),
  again: Number(attributes.ApproximateReceiveCount) > 1,
});

export const handler = orderedBatch(({ Records }: SQSEvent) => serve(Records.map(delivered)));
