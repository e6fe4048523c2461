// One Lambda handler of a route table: who answers, in which shape, and what must never get out.
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type Answer, bytes, json, Refusal, text } from '../../functions/shared/http/answer.ts';
import { generalShapes, httpHandler } from '../../functions/shared/http/handler.ts';
import { generalAnswers, type RouteTable } from '../../functions/shared/http/route.ts';
import { log } from '../../functions/shared/logging.ts';
import { requestId } from '../../functions/shared/request-context.ts';
import { context, GATEWAY_REQUEST_ID, gatewayEvent } from './http-events.ts';

afterEach(() => void vi.restoreAllMocks());

const table = {
  thing: {
    method: 'GET',
    path: '/things/{id}',
    summary: 'A thing',
    request: { query: z.object({ n: z.coerce.number().int('Must be whole').default(1) }) },
    answers: {
      200: { description: 'ok', body: z.object({ n: z.number() }) },
      404: { description: 'none', body: z.object({ message: z.string() }) },
      201: { description: 'text', body: z.string() },
    },
  },
  change: {
    method: 'POST',
    path: '/things/{id}',
    summary: 'Change it',
    request: { body: z.object({}) },
    bodyLimit: 20,
    answers: { 200: { description: 'ok', body: z.unknown() } },
  },
} as const satisfies RouteTable;

/** Runs one event against a table whose first route does this. */
async function ask(thing: () => Promise<Answer>, changes: Parameters<typeof gatewayEvent>[0] = {}, shapes = generalShapes) {
  const handler = httpHandler(table, { thing, change: async () => json({ changed: true }) }, shapes);
  return handler(gatewayEvent(changes), context);
}

describe('an answer', () => {
  it('goes out as its handler made it, with the request id', async () => {
    expect(await ask(async () => json({ n: 1 }, 200, { 'x-more': 'a' }))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-more': 'a', 'x-request-id': GATEWAY_REQUEST_ID },
      body: '{"n":1}',
    });
  });

  it('has only what API Gateway knows (R9), also for bytes', async () => {
    const answer = await ask(async () => ({ ...bytes(Buffer.from('abc'), 'image/png'), statusCode: 201 }));

    expect(answer).toEqual({
      statusCode: 201,
      headers: { 'content-type': 'image/png', 'x-request-id': GATEWAY_REQUEST_ID },
      body: Buffer.from('abc').toString('base64'),
      isBase64Encoded: true,
    });
  });

  it('may be a refusal, thrown from anywhere', async () => {
    const answer = await ask(async () => {
      throw new Refusal(json({ message: 'no such thing' }, 404));
    });

    expect(answer).toMatchObject({ statusCode: 404, body: '{"message":"no such thing"}' });
  });

  it('is made under the request id that it carries', async () => {
    let seen = '';
    const answer = await ask(
      async () => {
        seen = requestId();
        return text('done', 201);
      },
      { headers: { 'X-Request-Id': 'chosen' } },
    );

    expect(seen).toBe('chosen');
    expect(answer).toMatchObject({ headers: { 'content-type': 'text/html; charset=utf-8', 'x-request-id': 'chosen' } });
    expect(requestId()).toBe('-');
  });
});

describe('a failure of ours', () => {
  it.each<[string, () => Promise<Answer>]>([
    ['is an exception', async () => Promise.reject(new Error('SELECT secret FROM table'))],
    ['is an answer of an undeclared status', async () => json({ n: 1 }, 418)],
    ['is an answer of another shape than declared', async () => json({ n: 'one', stack: 'at …' })],
    ['is a refusal that is not declared', async () => Promise.reject(new Refusal(json({ message: 'x' }, 418)))],
  ])('%s: 500 without a word of it, and an error in the log', async (_, thing) => {
    const logged = vi.spyOn(log, 'error').mockReturnValue(undefined);

    expect(await ask(thing)).toEqual({
      statusCode: 500,
      headers: { 'content-type': 'application/json', 'x-request-id': GATEWAY_REQUEST_ID },
      body: '{"message":"error while processing request"}',
    });
    expect(logged).toHaveBeenCalledExactlyOnceWith('GET /things/{id} failed', expect.any(Error));
  });
});

describe('a request that does not fit', () => {
  const never = async () => {
    throw new Error('was called');
  };

  it('is told what is wrong, part and field', async () => {
    const answer = await ask(never, { queryStringParameters: { n: '1.5' } });

    expect(answer).toMatchObject({ statusCode: 400, body: '{"message":"query.n: Must be whole"}' });
  });

  it('is told in the words of its system', async () => {
    const shapes = { ...generalShapes, invalid: () => json({ message: 'in other words' }, 400) };

    expect(await ask(never, { queryStringParameters: { n: '1.5' } }, shapes)).toMatchObject({ body: '{"message":"in other words"}' });
  });

  it.each([
    ['{', 400, 'The body is not valid JSON'],
    ['x'.repeat(21), 413, 'The body must not be larger than 20 bytes'],
    ['"text"', 400, 'body: Invalid input: expected object, received string'],
  ])('has a body such as %s: %i', async (body, status, message) => {
    expect(await ask(never, { httpMethod: 'POST', body })).toMatchObject({ statusCode: status, body: JSON.stringify({ message }) });
  });

  it('is of no route of the table', async () => {
    expect(await ask(never, { resource: '/others' })).toMatchObject({ statusCode: 404, body: '{"message":"not found"}' });
    expect(await ask(never, { httpMethod: 'DELETE' })).toMatchObject({ statusCode: 404, headers: { 'x-request-id': GATEWAY_REQUEST_ID } });
  });
});

it('every route may give the general answers, and its own in their place', () => {
  const statuses = (changes: object) => Object.keys(generalAnswers({ ...table.change, ...changes }));

  expect(statuses({})).toEqual(['200', '400', '413', '500']);
  expect(statuses({ key: true })).toEqual(['200', '400', '403', '413', '500']);
  expect(statuses({ idempotent: true })).toEqual(['200', '400', '409', '413', '422', '500']);
  const own = { description: 'own', body: z.unknown() };
  expect(generalAnswers({ ...table.change, idempotent: true, answers: { 409: own } })[409]).toBe(own);
});
