import * as z from 'zod';
import type { AnswerShape, RouteTable } from '../shared/http/route.ts';
import { wholeNumber } from '../shared/http/whole-number.ts';
import { Channel } from './channel.ts';

/** Default and maximum of a page. */
export const PAGE = 1000;

/** Falsy and empty is missing; what is left must be an object or an array. */
const Payload = z
  .unknown()
  .refine((value) => Boolean(value) && !(typeof value === 'object' && Object.keys(value as object).length === 0), {
    error: 'Missing input.',
  })
  .refine((value) => !value || typeof value === 'object', { error: 'Bad input.' })
  .meta({ description: 'Any JSON object or array that is not empty', anyOf: [{ type: 'object' }, { type: 'array' }] });

const success = <Message extends z.ZodType>(message: Message) => z.object({ status: z.literal('Success'), message });
const Stored = z.tuple([z.int(), z.unknown()]);
const refused = (description: string): AnswerShape => ({
  description,
  body: z.object({ status: z.literal('400 Bad Request'), message: z.string() }),
});

export const messagesRoutes = {
  send: {
    method: 'POST',
    path: '/endpoint',
    summary: 'Sends a message: it is queued now, stored and pushed to listeners soon',
    request: { query: z.object({ channel: Channel.default('default') }), body: Payload },
    answers: {
      200: {
        description: 'The queue holds the message',
        body: success(z.unknown()),
        headers: {
          'message-id': 'Key of the message (uuid), in every push about it',
          'Idempotent-Replayed': 'true where a key was used before',
        },
      },
      400: refused(
        '`Missing input.` (nothing, or nothing in it), `Bad input.` (no JSON, or nested too deep), or what is wrong with the channel',
      ),
    },
    idempotent: true,
  },
  list: {
    method: 'GET',
    path: '/endpoint',
    summary: 'The stored messages, oldest first',
    request: {
      query: z.object({
        after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
        limit: wholeNumber(1, PAGE).default(PAGE),
        channel: Channel.optional(),
      }),
    },
    answers: {
      200: {
        description: 'At most `limit` messages, and fewer where they are large: a page holds 3 MB',
        body: success(z.array(Stored)),
        headers: { Link: 'The next page (`rel="next"`), where there is one' },
      },
      400: refused('What is wrong with a parameter'),
    },
  },
  find: {
    method: 'GET',
    path: '/endpoint/{id}',
    summary: 'A stored message',
    request: { path: z.object({ id: z.string() }) },
    answers: { 200: { description: 'Found', body: success(Stored) }, 400: refused('`Could not find object with id: {id}`') },
  },
} as const satisfies RouteTable;
