// A route is data: the CDK app, the OpenAPI document and the handler all read the same table.
import * as z from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route<Path extends z.ZodType = z.ZodType, Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> {
  readonly method: Method;
  /** API Gateway resource path, e.g. `/stock/find/{item_id}`. */
  readonly path: string;
  readonly summary: string;
  readonly request: { readonly path?: Path; readonly query?: Query; readonly body?: Body };
  /** Every status that the route may answer, with the shape of its body and the headers worth knowing. */
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Bytes of body that are accepted; more gets 413. */
  readonly bodyLimit?: number;
  /** Needs an `x-api-key` header; 403 without. */
  readonly key?: true;
  /** Tells what nobody outside needs to know: needs the key where the stage guards its operations. */
  readonly guarded?: true;
  /** Answers anybody, also where the stage asks who is calling. */
  readonly open?: true;
  /** Keeps a function busy for seconds: the gateway lets in few of them. */
  readonly heavy?: true;
  /** Accepts an `Idempotency-Key` header. */
  readonly idempotent?: true;
}

export interface AnswerShape {
  readonly description: string;
  readonly body: z.ZodType;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Name → what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

export const DEFAULT_BODY_LIMIT = 256 * 1024;

const Message = z.object({ message: z.string() });

/** What any route may answer besides what its table says: the general rules of the application. */
export function generalAnswers(route: Route): Route['answers'] {
  const answers: Record<number, AnswerShape> = {
    400: { description: 'The request does not fit the route', body: Message },
    413: { description: 'The body is too large', body: Message },
    500: { description: 'Something failed on our side; the log has the request id', body: Message },
  };
  if (route.key) answers[403] = { description: 'No valid x-api-key header', body: Message };
  if (route.idempotent) {
    answers[409] = { description: 'The first request with this Idempotency-Key is still running', body: Message };
    answers[422] = { description: 'This Idempotency-Key was used with another payload', body: Message };
  }
  return { ...answers, ...route.answers };
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export interface RequestOf<R extends Route> {
  readonly path: Parsed<R['request']['path']>;
  readonly query: Parsed<R['request']['query']>;
  readonly body: Parsed<R['request']['body']>;
  /** The body as it was sent; empty without one. */
  readonly rawBody: string;
  readonly requestId: string;
  readonly header: (name: string) => string | undefined;
}

export type RouteTable = Readonly<Record<string, Route>>;
