// An upgrade request, up to the answer of `$connect` (W1).
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayFailure } from '../rest/failure.ts';
import { headerOf } from '../rest/headers.ts';
import type { Client } from './client.ts';
import type { Stage, WebSocketApi } from './definition.ts';
import { connectEvent, newRequestId } from './event.ts';
import { URL_CHARACTERS } from './limits.ts';

export interface Refusal {
  readonly status: number;
  readonly body: string;
  /** For the log, where it is not the client's doing. */
  readonly detail?: string;
}

export const FORBIDDEN: Refusal = { status: 403, body: '{"message":"Forbidden"}' };

/** The stage that `/{stage}` names, or why there is none. */
export function requested(api: WebSocketApi, request: IncomingMessage): { readonly stage: Stage; readonly query: string } | Refusal {
  const url = request.url ?? '/';
  if (url.length > URL_CHARACTERS) return { status: 414, body: '{"message":"URI Too Long"}' };
  const question = url.indexOf('?');
  const path = question === -1 ? url : url.slice(0, question);
  const stage = api.stages.get(path.slice(1).replace(/\/$/, ''));
  if (!stage) return FORBIDDEN;
  if (!isHandshake(request)) return { status: 400, body: '{"message":"Bad Request"}' };
  return { stage, query: question === -1 ? '' : url.slice(question + 1) };
}

/** Asked before a function is bothered. */
const isHandshake = ({ method, headers }: IncomingMessage) =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
  (headers['sec-websocket-version'] === '13' || headers['sec-websocket-version'] === '8');

/** What `$connect` says: the subprotocol that it chose, if any, or its refusal. */
export async function admission(
  api: WebSocketApi,
  client: Client,
  request: IncomingMessage,
  query: string,
): Promise<{ readonly protocol: string | undefined } | Refusal> {
  const route = client.stage.routes.get('$connect');
  if (!route) return { protocol: undefined };
  try {
    const { status, headers, body } = await route.integration(connectEvent(api, client, request, query, newRequestId()));
    if (status >= 200 && status < 300) return { protocol: headerOf(headers, 'sec-websocket-protocol') };
    return { status, body: route.responds ? body.toString() : '' };
  } catch (error) {
    const failure = error instanceof GatewayFailure ? error : new GatewayFailure('DEFAULT_5XX', String(error), { status: 500 });
    return { status: failure.status, body: JSON.stringify({ message: failure.message }), detail: failure.detail };
  }
}

/** Answers instead of upgrading; nothing is left of the socket. */
export function refuse(socket: Duplex, { status, body }: Refusal): void {
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
