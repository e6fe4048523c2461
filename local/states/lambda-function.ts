// Calling a function as Step Functions does: what it answers, and what its failures are called (F4, F5).
import { randomUUID } from 'node:crypto';
import { type InvokeResult, TooManyRequests } from '../lambda/registry.ts';
import { dataLimitExceeded, StateError } from './errors.ts';
import type { Execution } from './execution.ts';
import { isTooLarge, type Json } from './json.ts';

interface Answer {
  readonly payload: Json;
  readonly bytes: number;
  readonly requestId: string;
}

/** What Lambda itself says of an environment that is gone. A time-out has a name of its own in newer runtimes: Sandbox.Timedout. */
const ENVIRONMENT_LOST = ['Runtime.ExitError', 'Runtime.OutOfMemory'];

export async function invoke(functionName: string, event: Json, { functions, machine }: Execution, state: string): Promise<Answer> {
  const text = JSON.stringify(event);
  if (isTooLarge(text)) throw dataLimitExceeded(state);
  const fn = functions.find(functionName);
  if (!fn) {
    const [, , , region, account] = machine.arn.split(':');
    const arn = functionName.startsWith('arn:') ? functionName : `arn:aws:lambda:${region}:${account}:function:${functionName}`;
    throw serviceError('ResourceNotFoundException', 404, `Function not found: ${arn}`);
  }
  const { payload, functionError, requestId } = await fn.invoke(text).catch(refused);
  if (functionError) throw failed(payload);
  if (isTooLarge(payload)) throw dataLimitExceeded(state);
  return { payload: JSON.parse(payload) as Json, bytes: payload.length, requestId };
}

/** The function did not run. */
function refused(error: Error): never {
  if (error instanceof TooManyRequests) throw serviceError(error.name, 429, error.message);
  throw new StateError('Lambda.ServiceException', error.message);
}

/** An answer of Lambda's API, with the cause as its Java client words it. */
function serviceError(code: string, status: number, message: string): StateError {
  const details = `Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null`;
  return new StateError(`Lambda.${code}`, `${message} (${details})`);
}

function failed(payload: InvokeResult['payload']): StateError {
  const { errorType } = JSON.parse(payload) as { readonly errorType?: string };
  if (errorType !== undefined && !ENVIRONMENT_LOST.includes(errorType)) return new StateError(errorType, payload);
  const reason = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new StateError('Lambda.Unknown', reason);
}

/** What the SDK's Invoke answered. */
export const envelope = ({ payload, bytes, requestId }: Answer): Json => ({
  ExecutedVersion: '$LATEST',
  Payload: payload,
  SdkHttpMetadata: {
    AllHttpHeaders: {
      'X-Amz-Executed-Version': ['$LATEST'],
      'x-amzn-RequestId': [requestId],
      'Content-Length': [String(bytes)],
      'Content-Type': ['application/json'],
    },
    HttpHeaders: {
      'Content-Length': String(bytes),
      'Content-Type': 'application/json',
      'X-Amz-Executed-Version': '$LATEST',
      'x-amzn-RequestId': requestId,
    },
    HttpStatusCode: 200,
  },
  SdkResponseMetadata: { RequestId: requestId },
  StatusCode: 200,
});
