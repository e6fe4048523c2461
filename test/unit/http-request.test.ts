// From API Gateway's event to the typed request of a route.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { headerOf, parse, requestIdOf } from '../../functions/shared/http/request.ts';
import { GATEWAY_REQUEST_ID, gatewayEvent } from './http-events.ts';

const answers = { 200: { description: 'ok', body: z.unknown() } };
const route = {
  method: 'POST',
  path: '/things/{id}',
  summary: 'A thing',
  request: {
    path: z.object({ id: z.string().max(5) }),
    query: z.object({ limit: z.coerce.number().default(3) }),
    body: z.object({ name: z.string() }),
  },
  answers,
} as const;
const LIMIT = 100;
const parsed = (changes: Parameters<typeof gatewayEvent>[0]) =>
  parse(route, gatewayEvent({ pathParameters: { id: '7' }, body: '{"name":"x"}', ...changes }), LIMIT);

describe('a request that fits', () => {
  it('is parsed part by part; the body is there as sent, too', () => {
    expect(parsed({ queryStringParameters: { limit: '9' }, body: '{"name":"x", "more":1}' })).toMatchObject({
      path: { id: '7' },
      query: { limit: 9 },
      body: { name: 'x' },
      rawBody: '{"name":"x", "more":1}',
      requestId: GATEWAY_REQUEST_ID,
    });
  });

  it('may have no query: null is none', () => {
    expect(parsed({ queryStringParameters: null })).toMatchObject({ query: { limit: 3 } });
  });

  it('has its path parameters decoded; what is not valid encoding is taken as it is', () => {
    expect(parsed({ pathParameters: { id: 'a%2Fb' } })).toMatchObject({ path: { id: 'a/b' } });
    expect(parsed({ pathParameters: { id: '%zz' } })).toMatchObject({ path: { id: '%zz' } });
  });

  it('may come as base64, as bodies of binary media types do', () => {
    expect(parsed({ body: Buffer.from('{"name":"ä"}').toString('base64'), isBase64Encoded: true })).toMatchObject({ body: { name: 'ä' } });
  });

  it('asks for nothing that its route does not name', () => {
    const plain = { ...route, request: {} };

    expect(parse(plain, gatewayEvent({ body: 'not json', pathParameters: { id: 'too long' } }), LIMIT)).toMatchObject({
      path: undefined,
      query: undefined,
      body: undefined,
      rawBody: 'not json',
    });
  });
});

describe('a request that does not fit', () => {
  it('is too large by its bytes', () => {
    expect(parsed({ body: `{"name":"${'é'.repeat(45)}"}` })).toEqual({ kind: 'too large' });
    expect(parsed({ body: `{"name":"${'e'.repeat(45)}"}` })).toMatchObject({ body: {} });
    expect(parsed({ body: Buffer.alloc(LIMIT + 1, 'x').toString('base64'), isBase64Encoded: true })).toEqual({ kind: 'too large' });
  });

  it('is too large before it is looked at any further', () => {
    expect(parsed({ body: 'x'.repeat(LIMIT + 1), pathParameters: { id: 'too long' } })).toEqual({ kind: 'too large' });
  });

  it.each(['{', 'name=x', '\u0000', '{"name":"x"}}'])('is not JSON: %j', (body) => {
    expect(parsed({ body })).toEqual({ kind: 'not json' });
  });

  it.each([
    ['path', { pathParameters: { id: 'too long' } }, ['id']],
    ['path', { pathParameters: null }, ['id']],
    ['query', { queryStringParameters: { limit: 'x' } }, ['limit']],
    ['body', { body: '{"name":1}' }, ['name']],
    ['body', { body: '[]' }, []],
    ['body', { body: '' }, []],
    ['body', { body: null }, []],
  ] as const)('names the part and the field: %s %j', (part, changes, path) => {
    expect(parsed(changes)).toMatchObject({ kind: 'invalid', part, issues: [{ path }] });
  });
});

describe('headers', () => {
  it('are found however the client wrote their names', () => {
    const event = gatewayEvent({ headers: { 'X-Request-ID': 'abc', other: 'x' } });

    expect(headerOf(event, 'x-request-id')).toBe('abc');
    expect(headerOf(event, 'x-none')).toBeUndefined();
    expect(headerOf(gatewayEvent({ headers: null as never }), 'other')).toBeUndefined();
    expect(requestIdOf(event)).toBe('abc');
    const request = parsed({ headers: { 'Idempotency-Key': 'k' } });
    expect('header' in request && request.header('idempotency-KEY')).toBe('k');
  });

  it.each([{}, { 'x-request-id': 'not fit' }, { 'x-request-id': '' }])("leave the request its gateway's id: %j", (headers) => {
    expect(requestIdOf(gatewayEvent({ headers }))).toBe(GATEWAY_REQUEST_ID);
  });
});
