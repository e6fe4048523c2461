// Answers of cats fit what the OpenAPI document says of them, and each carries a request id.
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { catsRoutes } from '../../functions/cats/routes.ts';
import { generalAnswers, type Route } from '../../functions/shared/http/route.ts';
import { type Sending, send, sendWithKey } from './application.ts';
import { allBreeds, allCategories, control } from './cats-client.ts';

const ids = { breed: '', category: '' };
beforeAll(async () => {
  ids.breed = (await allBreeds())[0]?.id as string;
  ids.category = String((await allCategories()).find(({ name }) => name === 'hats')?.id);
});

type Name = keyof typeof catsRoutes;
const samples: [name: Name, path: string, status: number, sending?: Sending][] = [
  ['breeds', '/api/v1/breeds/', 200],
  ['breeds', '/api/v1/breeds/?origin=Egypt', 200],
  ['breeds', '/api/v1/breeds/?temperament=nobody', 404],
  ['breeds', '/api/v1/breeds/?foo=1', 400],
  ['breeds', '/api/v1/breeds/?err=boom', 500],
  ['breed', '/api/v1/breeds/{breed}', 200],
  ['breed', '/api/v1/breeds/nobody', 404],
  ['categories', '/api/v1/categories/', 200],
  ['categories', '/api/v1/categories/?foo=1', 400],
  ['category', '/api/v1/categories/{category}', 200],
  ['category', '/api/v1/categories/nobody', 404],
  ['images', '/api/v1/images/', 200],
  ['images', '/api/v1/images/?breed=nobody', 404],
  ['images', '/api/v1/images/?limit=0', 400],
  ['sync', '/api/v1/sync', 200],
  ['runs', '/api/v1/sync/runs', 200],
  ['runs', '/api/v1/sync/runs?limit=0', 400],
  ['start', '/api/v1/sync/start', 200, { method: 'POST' }],
  ['start', '/api/v1/sync/start', 413, { method: 'POST', body: 'x'.repeat(300_000) }],
  ['run', '/api/v1/sync/run', 400, { method: 'POST', headers: { 'idempotency-key': '' } }],
];

/** Refuses what the document does not name, at any depth. */
const strict = (schema: z.ZodType) => z.fromJSONSchema(closed(z.toJSONSchema(schema)) as Parameters<typeof z.fromJSONSchema>[0]);
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  return { ...Object.fromEntries(entries), ...('properties' in schema ? { additionalProperties: false } : {}) };
};

test.each<[Name, string, number, Sending?]>(samples)('%s: %s is %i as declared', async (name, path, status, sending = {}) => {
  const route: Route = catsRoutes[name];
  const address = path.replace(/\{(breed|category)\}/, (_, which: 'breed' | 'category') => ids[which]);
  const answer = await (route.key ? sendWithKey : send)(address, sending);
  const declared = generalAnswers(route)[answer.status];
  const text = await answer.text();

  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(answer.headers.get('x-request-id')).toMatch(/^[\w.:@/+=-]{1,128}$/);
  expect(strict(declared?.body as z.ZodType).safeParse(JSON.parse(text)).error).toBeUndefined();
});

test('a client may choose the request id, also of what comes from the cache and of what is refused', async () => {
  for (const [, path] of samples.filter(([name]) => name === 'breeds')) {
    const answer = await send(path, { headers: { 'x-request-id': 'chosen-1' } });
    expect(answer.headers.get('x-request-id')).toBe('chosen-1');
  }
  expect((await control('start', { headers: { 'x-request-id': 'chosen-2' } })).headers.get('x-request-id')).toBe('chosen-2');
  expect((await send('/api/v1/sync/run', { method: 'POST' })).headers.get('x-request-id')).toBeTruthy();
});
