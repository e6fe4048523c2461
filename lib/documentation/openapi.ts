// OpenAPI 3.1 of all systems, from the same schemas that validate requests. 3.1's schemas are JSON Schema 2020-12, which zod writes.
import * as z from 'zod';
import { systems } from '../../functions/routes.ts';
import { DEFAULT_BODY_LIMIT, generalAnswers, type Route } from '../../functions/shared/http/route.ts';
import type { Edge } from '../config.ts';
import { asServed } from '../edge/as-served.ts';
import { schemes, wanted } from './security.ts';

/** As a stage serves them: who may call is its own affair. */
export function openApi(edge: Edge) {
  const routes = Object.entries(systems).flatMap(([system, table]) =>
    Object.entries(table).map(([name, route]) => ({ system, name, route: asServed(route, edge) })),
  );
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { system, name, route } of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(system, name, route, edge) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Stackyard',
      version: '0.1.0',
      description: 'Event-driven systems as one serverless application. Trailing slashes never matter.',
    },
    tags: Object.keys(systems).map((name) => ({ name })),
    paths,
    components: { securitySchemes: schemes(edge) },
  };
}

function operation(system: string, name: string, route: Route, edge: Edge) {
  const { request, summary } = route;
  return {
    operationId: `${system}-${name}`,
    tags: [system],
    summary,
    ...wanted(route, edge),
    parameters: [...parameters('path', request.path), ...parameters('query', request.query), ...headers(route)],
    ...(request.body
      ? {
          requestBody: {
            required: true,
            description: `At most ${route.bodyLimit ?? DEFAULT_BODY_LIMIT} bytes`,
            content: { 'application/json': { schema: schemaOf(request.body, 'input') } },
          },
        }
      : {}),
    responses: Object.fromEntries(Object.entries(generalAnswers(route)).map(([status, shape]) => [status, response(shape)])),
  };
}

function response({ description, body, contentType = 'application/json', headers: named = {} }: Route['answers'][number]) {
  return {
    description,
    headers: Object.fromEntries(
      Object.entries({ 'x-request-id': 'Also in every log line of the request', ...named }).map(([name, text]) => [
        name,
        { description: text, schema: { type: 'string' } },
      ]),
    ),
    content: {
      [contentType]: { schema: contentType.startsWith('image/') ? { type: 'string', format: 'binary' } : schemaOf(body, 'output') },
    },
  };
}

/** One parameter a property of an object schema. */
function parameters(place: 'path' | 'query', schema: z.ZodType | undefined) {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

const headers = ({ idempotent }: Route) =>
  idempotent
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key and payload give the first answer again, for 24 hours',
          schema: { type: 'string', maxLength: 255 },
        },
      ]
    : [];

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
