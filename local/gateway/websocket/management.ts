// `@connections` (W9): POST sends to a connection, GET tells of it, DELETE ends it.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import type { WebSocketApi } from './definition.ts';
import { newRequestId } from './event.ts';
import { CLOSE, MESSAGE_BYTES } from './limits.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** For requests to `/{stage}/@connections/{id}`; others get what API Gateway answers to a plain request. Signatures are not looked at. */
export function managementHandler(api: WebSocketApi): Handler {
  return (request, response) => {
    const target = targetOf(request.url ?? '');
    if (!target) return fail(response, 403, 'ForbiddenException', 'Forbidden');
    const find = () => api.connections.find(target.stage, target.connectionId);
    if (request.method === 'POST') return receive(request, response, (body) => post(find(), body, response));
    request.resume();
    const connection = find();
    if (request.method !== 'GET' && request.method !== 'DELETE')
      return fail(response, 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    if (!connection) return gone(response);
    if (request.method === 'GET') return answer(response, 200, describe(connection));
    connection.close(CLOSE.normal);
    answer(response, 204);
  };
}

function post(connection: Connection | undefined, body: Buffer, response: ServerResponse) {
  if (body.length > MESSAGE_BYTES) return fail(response, 413, 'PayloadTooLargeException', 'Message too long');
  // Text frames are UTF-8 or the client must close; what is not becomes replacement characters.
  if (!connection?.send(isUtf8(body) ? body : Buffer.from(body.toString()))) return gone(response);
  answer(response, 200);
}

/** All of the body, of which no more is kept than shows that it is too large. */
function receive(request: IncomingMessage, response: ServerResponse, done: (body: Buffer) => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes - chunk.length <= MESSAGE_BYTES) chunks.push(chunk);
  });
  request.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
  request.on('error', () => response.destroy());
}

const PATH = /^\/([^/?]+)\/(?:@|%40)connections\/([^/?]+)\/?(?:\?|$)/i;

function targetOf(url: string): { readonly stage: string; readonly connectionId: string } | undefined {
  const [, stage, id] = PATH.exec(url) ?? [];
  if (stage === undefined || id === undefined) return undefined;
  try {
    return { stage, connectionId: id.includes('%') ? decodeURIComponent(id) : id };
  } catch {
    return undefined;
  }
}

const describe = (connection: Connection) =>
  JSON.stringify({
    connectedAt: new Date(connection.client.connectedAt).toISOString(),
    identity: { sourceIp: connection.client.sourceIp, ...(connection.client.userAgent && { userAgent: connection.client.userAgent }) },
    lastActiveAt: new Date(connection.lastActiveAt()).toISOString(),
  });

const gone = (response: ServerResponse) => fail(response, 410, 'GoneException', 'Gone');

const fail = (response: ServerResponse, status: number, type: string, message: string) =>
  answer(response, status, JSON.stringify({ message }), ['x-amzn-ErrorType', type]);

function answer(response: ServerResponse, status: number, body = '', headers: readonly string[] = []) {
  const length = status === 204 ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  const type = body === '' ? [] : ['Content-Type', 'application/json'];
  response.writeHead(status, ['x-amzn-RequestId', newRequestId(), ...type, ...length, ...headers]);
  response.end(body);
}
