// A service's function: what API Gateway sends goes to its routes, anything else is a task, asked for by a state machine, a schedule or another service.
import type { MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import { log } from './logging.ts';
import { inRequest } from './request-context.ts';
import { isTransient } from './transient.ts';

/** Schedules have no request. */
const Envelope = z.looseObject({ action: z.string(), requestId: z.string().default('-') });

export type Task = (input: unknown) => Promise<unknown>;

export const task =
  <Input>(input: z.ZodType<Input>, run: (input: Input) => Promise<unknown>): Task =>
  (given) =>
    run(input.parse(given));

/** Error name of what may go well when it is tried again: the state machine retries exactly this one. */
const TRANSIENT = 'DatabaseUnavailable';

/** Tasks are `{action, requestId, …}`; the rest is the action's input. */
export function serviceHandler(http: MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult>, tasks: Readonly<Record<string, Task>>) {
  const isRequest = (event: object): event is APIGatewayProxyEvent => 'httpMethod' in event;
  return (event: object, context: Context): Promise<unknown> =>
    isRequest(event) ? Promise.resolve(http(event, context)) : perform(tasks, event);
}

/** Failures are named so that a state machine can tell them apart. */
export function perform(tasks: Readonly<Record<string, Task>>, event: object): Promise<unknown> {
  const { action, requestId, ...input } = Envelope.parse(event);
  const run = Object.hasOwn(tasks, action) ? tasks[action] : undefined;
  if (!run) throw new Error(`There is no action ${action}`);
  return inRequest({ requestId }, () =>
    run(input).catch((error: unknown) => {
      log.error(`${action} failed`, error as Error);
      if (isTransient(error)) error.name = TRANSIENT;
      throw error;
    }),
  );
}
