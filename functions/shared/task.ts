// A service's function: what API Gateway sends goes to its routes, anything else is a task, asked for by a state machine, a schedule or another service.
import type { MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import { log } from './logging.ts';
import { inRequest } from './request-context.ts';
import { serving } from './tracing/kinds.ts';
import { inSpan } from './tracing/span.ts';
import { telling } from './tracing/start.ts';
import { TraceContext } from './tracing/trace-context.ts';
import { isTransient } from './transient.ts';

const NO_REQUEST = '-';

/** Schedules have no request. */
const Envelope = z.looseObject({ action: z.string(), requestId: z.string().default(NO_REQUEST), ...TraceContext.shape });

export type Task = (input: unknown) => Promise<unknown>;

export const task =
  <Input>(input: z.ZodType<Input>, run: (input: Input) => Promise<unknown>): Task =>
  (given) =>
    run(input.parse(given));

/** Error name of what may go well when it is tried again: the state machine retries exactly this one. */
const TRANSIENT = 'DatabaseUnavailable';

/** Tasks are `{action, requestId, traceparent, …}`; the rest is the action's input. */
export function serviceHandler(http: MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult>, tasks: Readonly<Record<string, Task>>) {
  const isRequest = (event: object): event is APIGatewayProxyEvent => 'httpMethod' in event;
  return (event: object, context: Context): Promise<unknown> =>
    isRequest(event) ? Promise.resolve(http(event, context)) : perform(tasks, event);
}

/** Failures are named so that a state machine can tell them apart. */
export function perform(tasks: Readonly<Record<string, Task>>, event: object): Promise<unknown> {
  const { action, requestId, traceparent, tracestate, ...input } = Envelope.parse(event);
  const run = Object.hasOwn(tasks, action) ? tasks[action] : undefined;
  if (!run) throw new Error(`There is no action ${action}`);
  const perform = () =>
    run(input).catch((error: unknown) => {
      log.error(`${action} failed`, error as Error);
      if (isTransient(error)) error.name = TRANSIENT;
      throw error;
    });
  const span = serving(requestId === NO_REQUEST ? 'timer' : 'other', { traceparent, tracestate });
  return inRequest({ requestId }, () => telling(() => inSpan(action, span, perform)));
}
