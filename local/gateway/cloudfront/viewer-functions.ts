// Running a behaviour's functions for a viewer: what they gave, or the answer to their failure.
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../../log.ts';
import { headerOf } from '../rest/headers.ts';
import type { EdgeFunction } from './edge-function.ts';
import { refusal } from './error-pages.ts';
import { bodyOf, type FunctionEvent, type FunctionResponse, type FunctionResult, headOf } from './function-event.ts';

/** Undefined where the function failed; why is for the log, not for the viewer. */
export function ran(log: Log, fn: EdgeFunction, event: FunctionEvent): FunctionResult | undefined {
  try {
    return fn.run(event);
  } catch (error) {
    log('error', 'cloudfront', `${event.request.method} ${event.request.uri}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

export const functionFailed = (response: ServerResponse): void =>
  refusal(response, 503, 'The CloudFront function associated with the CloudFront distribution is invalid or could not run.');

/** Sends what a viewer-request function answered in place of the origin. */
export function sendGenerated(generated: FunctionResponse, { method }: IncomingMessage, response: ServerResponse): void {
  const { status, headers } = headOf(generated);
  const body = bodyOf(generated);
  const type = headerOf(headers, 'content-type') === undefined && body.length > 0 ? ['Content-Type', 'text/html'] : [];
  response.writeHead(status, [...headers, ...type, 'Content-Length', String(body.length)]);
  response.end(method === 'HEAD' ? undefined : body);
}

/** For an answer in place of an upgrade: the connection ends with it. */
export function notUpgraded(request: IncomingMessage, socket: Duplex): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  return response;
}
