// From API Gateway's event to the typed request of a route.
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod';
import { acceptedRequestId } from '../request-context.ts';
import type { RequestOf, Route } from './route.ts';

export type Part = 'path' | 'query' | 'body';

/** Why a request does not fit its route, for the system to say in its own words. */
export type Misfit =
  | { readonly kind: 'too large' }
  | { readonly kind: 'not json' }
  | { readonly kind: 'invalid'; readonly part: Part; readonly issues: readonly z.core.$ZodIssue[]; readonly input: unknown };

export const requestIdOf = (event: APIGatewayProxyEvent): string =>
  acceptedRequestId(headerOf(event, 'x-request-id'), event.requestContext.requestId);

type Headers = Readonly<Record<string, string | undefined>>;

/** Header names arrive as the client wrote them (R3); `name` is in lower case. */
export function headerOf({ headers }: { readonly headers: Headers | null }, name: string): string | undefined {
  for (const [sent, value] of Object.entries(headers ?? {})) if (sent.toLowerCase() === name) return value;
  return undefined;
}

export function parse(route: Route, event: APIGatewayProxyEvent, limit: number): RequestOf<Route> | Misfit {
  const raw = bodyOf(event);
  if (Buffer.byteLength(raw) > limit) return { kind: 'too large' };
  const inputs: Record<Part, () => unknown> = {
    path: () => decoded(event.pathParameters),
    query: () => event.queryStringParameters ?? {},
    body: () => (raw.trim() === '' ? undefined : JSON.parse(raw)),
  };
  const parsed: Partial<Record<Part, unknown>> = {};
  for (const part of ['path', 'query', 'body'] as const) {
    const schema = route.request[part];
    if (!schema) continue;
    let input: unknown;
    try {
      input = inputs[part]();
    } catch {
      return { kind: 'not json' };
    }
    const result = schema.safeParse(input);
    if (!result.success) return { kind: 'invalid', part, issues: result.error.issues, input };
    parsed[part] = result.data;
  }
  return {
    path: parsed.path as never,
    query: parsed.query as never,
    body: parsed.body as never,
    rawBody: raw,
    requestId: requestIdOf(event),
    header: (name) => headerOf(event, name.toLowerCase()),
  };
}

const bodyOf = (event: APIGatewayProxyEvent): string =>
  event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');

/** Path parameters arrive as they were sent, still URL-encoded (R4). Text that is not valid encoding is taken as it is. */
function decoded(params: APIGatewayProxyEvent['pathParameters']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params ?? {}).map(([name, value = '']) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
