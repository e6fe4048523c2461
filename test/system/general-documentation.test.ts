// The OpenAPI document and the Postman collection, held against the route tables that they are made from.
import SwaggerParser from '@apidevtools/swagger-parser';
import { beforeAll, describe, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { generalAnswers } from '../../functions/shared/http/route.ts';
import { send } from './application.ts';

const routes = Object.entries(systems).flatMap(([system, table]) => Object.values(table).map((route) => ({ system, route })));
const named = routes.map(({ system, route }) => [`${route.method} ${route.path}`, system, route] as const);

describe('OpenAPI', () => {
  // biome-ignore lint/suspicious/noExplicitAny: read as any client reads it
  let document: any;
  beforeAll(async () => {
    document = await (await send('/api/openapi.json')).json();
  });

  test('is valid 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    await SwaggerParser.validate(structuredClone(document));
  });

  test('has every route of every system, and no others', () => {
    const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );

    expect(documented.sort()).toEqual(named.map(([name]) => name).sort());
    expect(document.tags.map(({ name }: { name: string }) => name)).toEqual(Object.keys(systems));
  });

  test.each(named)('%s declares every answer and what it takes', (_, system, route) => {
    const operation = document.paths[route.path][route.method.toLowerCase()];

    expect(operation.tags).toEqual([system]);
    expect(Object.keys(operation.responses)).toEqual(Object.keys(generalAnswers(route)));
    for (const response of Object.values<{ headers: object; content: object }>(operation.responses)) {
      expect(response.headers).toHaveProperty('x-request-id');
      expect(Object.keys(response.content)).toHaveLength(1);
    }
    expect(operation.security).toEqual(route.key ? [{ key: [] }] : undefined);
    expect(operation.requestBody !== undefined).toBe(route.request.body !== undefined);
    const inPath = operation.parameters.filter((one: { in: string }) => one.in === 'path').map(({ name }: { name: string }) => `{${name}}`);
    expect(inPath).toEqual(route.path.match(/\{\w+\}/g) ?? []);
    expect(operation.parameters.some(({ name }: { name: string }) => name === 'Idempotency-Key')).toBe(route.idempotent === true);
  });

  test('operations have names of their own', () => {
    const ids = Object.values<object>(document.paths).flatMap((methods) => Object.values<{ operationId: string }>({ ...methods }));
    expect(new Set(ids.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });
});

describe('the Postman collection', () => {
  // biome-ignore lint/suspicious/noExplicitAny: read as any client reads it
  let collection: any;
  beforeAll(async () => {
    collection = await (await send('/api/postman.json')).json();
  });

  test('is of format 2.1, with a folder a system', () => {
    expect(collection.info).toEqual({
      name: 'Stackyard',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    });
    expect(collection.variable.map(({ key }: { key: string }) => key)).toEqual(['url', 'apiKey']);
    expect(collection.item.map(({ name }: { name: string }) => name)).toEqual(Object.keys(systems));
  });

  test.each(named)('%s is a request in it, with the key where one is needed', (_, system, route) => {
    const folder = collection.item.find(({ name }: { name: string }) => name === system);
    const { request } = folder.item.find(({ name }: { name: string }) => name === route.summary);
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');

    expect(request.method).toBe(route.method);
    expect(request.url.raw).toBe(`{{url}}${path}`);
    expect(`/${request.url.path.join('/')}`).toBe(path);
    expect(request.url.variable.map(({ key }: { key: string }) => `:${key}`)).toEqual(path.match(/:\w+/g) ?? []);
    const keys = request.header.filter(({ key }: { key: string }) => key === 'x-api-key');
    expect(keys).toEqual(route.key ? [{ key: 'x-api-key', value: '{{apiKey}}' }] : []);
  });
});
