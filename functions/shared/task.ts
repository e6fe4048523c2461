// A service's function: what API Gateway sends goes to its routes, anything else is a task, asked for by a state machine, a schedule or another service.
import type { MiddyfiedHandler } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import { codeOf } from './database.ts';
import { log } from './logging.ts';
import { inRequest } from './request-context.ts';

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
      if (error instanceof Error && isTransient(error)) error.name = TRANSIENT;
      throw error;
    }),
  );
}

/** Deadlock and lock time-out after their own retries, too many connections, shutdown, killed and lost connections. */
const TRANSIENT_NUMBERS = new Set([1205, 1213, 1040, 1053, 1927, 2006, 2013]);
const TRANSIENT_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

const isTransient = (error: Error): boolean =>
  TRANSIENT_NUMBERS.has(codeOf(error) ?? 0) || TRANSIENT_CODES.has((error as NodeJS.ErrnoException).code ?? '');
