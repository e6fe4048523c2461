// Every answer of a handler is counted, whoever made it.
import { afterEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type Answer, json, Refusal } from '../../functions/shared/http/answer.ts';
import { generalShapes, httpHandler } from '../../functions/shared/http/handler.ts';
import type { RouteTable } from '../../functions/shared/http/route.ts';
import { log } from '../../functions/shared/logging.ts';
import { context, gatewayEvent } from './http-events.ts';

afterEach(() => void vi.restoreAllMocks());

const table = {
  change: {
    method: 'POST',
    path: '/things/{id}',
    summary: 'Change it',
    request: { body: z.object({}) },
    bodyLimit: 20,
    answers: { 200: { description: 'ok', body: z.unknown() }, 409: { description: 'no', body: z.unknown() } },
  },
} as const satisfies RouteTable;

/** What was counted for one event, as [method, route, status, seconds], and the answer. */
async function counted(
  change: () => Promise<Answer>,
  body: string,
  resource = '/things/{id}',
  count = async (): Promise<void> => undefined,
) {
  const counts: unknown[] = [];
  const handler = httpHandler(table, { change }, generalShapes, ({ method, route, status }, seconds) => {
    counts.push([method, route, status, seconds]);
    return count();
  });
  const answer = await handler(gatewayEvent({ httpMethod: 'POST', body, resource }), context);
  return { counts, answer };
}
const done = async () => json({ done: true });
const SECONDS = expect.closeTo(0.5, 0);

it.each<[number, string, () => Promise<Answer>, string]>([
  [200, 'an answer', done, '{}'],
  [409, 'a refusal', () => Promise.reject(new Refusal(json({ message: 'no' }, 409))), '{}'],
  [400, 'a request that does not fit', done, '"text"'],
  [413, 'a body that is too large', done, 'x'.repeat(21)],
  [500, 'a crash', () => Promise.reject(new Error('broken')), '{}'],
])('%i: %s', async (status, _, change, body) => {
  vi.spyOn(log, 'error').mockReturnValue(undefined);
  expect((await counted(change, body)).counts).toEqual([['POST', '/things/{id}', status, SECONDS]]);
});

it('404: a route that the table does not have', async () => {
  expect((await counted(done, '{}', '/others')).counts).toEqual([['POST', '/others', 404, SECONDS]]);
});

it('the time is that of the answer, in seconds', async () => {
  vi.useFakeTimers();
  const slow = () => vi.advanceTimersByTimeAsync(1_250).then(() => json({ done: true }));
  const { counts } = await counted(slow, '{}');
  vi.useRealTimers();

  expect(counts).toEqual([['POST', '/things/{id}', 200, 1.25]]);
});

it('the answer waits for its count', async () => {
  const gate = Promise.withResolvers<void>();
  let isAnswered = false;
  const answering = counted(done, '{}', '/things/{id}', () => gate.promise).then(({ answer }) => {
    isAnswered = true;
    return answer;
  });
  await new Promise(setImmediate);
  expect(isAnswered).toBe(false);
  gate.resolve();
  expect(await answering).toMatchObject({ statusCode: 200 });
});
