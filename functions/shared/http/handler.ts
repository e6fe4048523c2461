// Turns a route table and its handlers into one Lambda handler.
import middy from '@middy/core';
import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { log } from '../logging.ts';
import { countFailure } from '../metrics/failures.ts';
import { type CountRequest, countRequest } from '../metrics/requests.ts';
import { inRequest } from '../request-context.ts';
import { serving } from '../tracing/kinds.ts';
import { inSpan } from '../tracing/span.ts';
import { telling } from '../tracing/start.ts';
import { type Answer, json, Refusal } from './answer.ts';
import { headerOf, type Misfit, parse, requestIdOf } from './request.ts';
import { DEFAULT_BODY_LIMIT, generalAnswers, type RequestOf, type Route, type RouteTable } from './route.ts';

export type Handlers<Table extends RouteTable> = { readonly [Name in keyof Table]: (request: RequestOf<Table[Name]>) => Promise<Answer> };

/** How a system says what every system has to say. */
export interface Shapes {
  readonly invalid: (misfit: Misfit, route: Route) => Answer;
  readonly crashed: () => Answer;
  /** A refusal by the general rules, where the system says it otherwise. */
  readonly refused?: (answer: Answer) => Answer;
}

const tooLarge = (limit: number) => json({ message: `The body must not be larger than ${limit} bytes` }, 413);

/** The general rules' shapes; a system whose contract says otherwise hands in its own. */
export const generalShapes: Shapes = {
  invalid: (misfit) =>
    json(
      {
        message:
          misfit.kind === 'invalid'
            ? misfit.issues.map((issue) => `${[misfit.part, ...issue.path].join('.')}: ${issue.message}`).join('; ')
            : 'The body is not valid JSON',
      },
      400,
    ),
  crashed: () => json({ message: 'error while processing request' }, 500),
};

/** API Gateway has matched the route already: `event.resource` is the table's path, so a lookup is all the routing there is. */
export function httpHandler<Table extends RouteTable>(
  table: Table,
  handlers: Handlers<Table>,
  shapes: Shapes = generalShapes,
  counted: CountRequest = countRequest,
) {
  const routes = new Map(
    Object.entries(table).map(([name, route]) => [
      `${route.method} ${route.path}`,
      { route, answers: generalAnswers(route), handle: handlers[name] as (request: RequestOf<Route>) => Promise<Answer> },
    ]),
  );

  async function answerTo(event: APIGatewayProxyEvent): Promise<Answer> {
    const match = routes.get(`${event.httpMethod} ${event.resource}`);
    if (!match) return json({ message: 'not found' }, 404);
    const { route, answers, handle } = match;
    const limit = route.bodyLimit ?? DEFAULT_BODY_LIMIT;
    const request = parse(route, event, limit);
    if ('kind' in request) return request.kind === 'too large' ? tooLarge(limit) : shapes.invalid(request, route);
    const answer = await handle(request).catch((error: unknown) => {
      if (error instanceof Refusal) return shapes.refused?.(error.answer) ?? error.answer;
      throw error;
    });
    refuseUndeclared(answers, answer);
    return answer;
  }

  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>().handler((event) => {
    const began = performance.now();
    const requestId = requestIdOf(event);
    const answer = async (span: Span) => {
      const { statusCode, headers, body, isBase64Encoded } = await answerTo(event).catch((error: unknown) => {
        log.error(`${event.httpMethod} ${event.resource} failed`, error as Error);
        span.recordException(error as Error);
        span.setStatus({ code: SpanStatusCode.ERROR });
        countFailure();
        return shapes.crashed();
      });
      span.setAttribute('http.response.status_code', statusCode);
      await counted({ method: event.httpMethod, route: event.resource, status: statusCode }, (performance.now() - began) / 1000);
      return { statusCode, headers: { ...headers, 'x-request-id': requestId }, body, ...(isBase64Encoded ? { isBase64Encoded } : {}) };
    };
    return inRequest({ requestId }, () => telling(() => inSpan(`${event.httpMethod} ${event.resource}`, () => requestSpan(event), answer)));
  });
}

/** A client may have begun the trace: `traceparent` (W3C Trace Context). */
const requestSpan = (event: APIGatewayProxyEvent) =>
  serving(
    'http',
    { traceparent: headerOf(event, 'traceparent'), tracestate: headerOf(event, 'tracestate') },
    {
      'http.request.method': event.httpMethod,
      'http.route': event.resource,
      'url.path': event.path,
      'url.scheme': 'https',
    },
  );

/** An answer that its route does not declare is a mistake of ours, and must not become what clients rely on. */
function refuseUndeclared(answers: Route['answers'], { statusCode, body, value, checked }: Answer): void {
  const shape = answers[statusCode];
  if (!shape) throw new Error(`status ${statusCode} is not declared`);
  if (checked) return;
  const result = shape.body.safeParse(value === undefined ? body : value);
  if (!result.success) throw new Error(`the body of ${statusCode} is not as declared: ${result.error.message}`);
}
