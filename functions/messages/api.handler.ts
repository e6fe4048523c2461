import { setTimeout as pause } from 'node:timers/promises';
import { sqs } from '../shared/aws.ts';
import { resilientRedis } from '../shared/cache.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { attempt, forgetExpired } from '../shared/idempotency.ts';
import { serviceHandler } from '../shared/task.ts';
import { messagesShapes } from './answers.ts';
import { intake } from './intake.ts';
import { keyOf } from './key.ts';
import { listCache } from './list-cache.ts';
import { pushQueue } from './live/pushes.ts';
import { messageRepository } from './repository.ts';
import { messagesRoutes } from './routes.ts';
import { messagesService } from './service.ts';

/** Longer, and the database is quicker. */
const CACHE_DEADLINE_MS = 50;

const messages = database();
const service = messagesService({
  database: messages,
  messages: messageRepository(messages),
  intake: intake(sqs(), env('MESSAGES_QUEUE_URL'), pushQueue(sqs(), env('PUSHES_QUEUE_URL')), pause),
  cached: listCache(resilientRedis(CACHE_DEADLINE_MS)),
  keyOf,
});

export const handler = serviceHandler(
  httpHandler(
    messagesRoutes,
    {
      send: (request) => {
        const { rawBody, query, requestId } = request;
        const payload = { ...request, rawBody: `${query.channel}\n${rawBody}` };
        return service.send({ text: rawBody, channel: query.channel, requestId }, attempt(messagesRoutes.send, payload, new Date()));
      },
      list: ({ query }) => service.list(query),
      find: ({ path }) => service.find(path.id),
    },
    messagesShapes,
  ),
  { forgetExpired: () => forgetExpired(messages, new Date()) },
);
