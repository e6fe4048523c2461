// `@connections` (W9): POST sends to a connection, GET tells of it, DELETE ends it.
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection } from './connection.ts';
import type { WebSocketApi } from './definition.ts';
import { newRequestId } from './event.ts';
import { CLOSE, MESSAGE_BYTES } from './limits.ts';

export interface ManagementRequest {
  readonly method: string;
  /** As it was sent, with the stage's path. */
  readonly url: string;
  readonly body: Buffer;
}

export interface ManagementAnswer {
  readonly status: number;
  readonly body: string;
  /** Further headers, as lines with their ends. */
  readonly headers: string;
}

/** For requests to `/{stage}/@connections/{id}`; others get what API Gateway answers to a plain request. Signatures are not looked at. */
export const manage =
  (api: WebSocketApi) =>
  ({ method, url, body }: ManagementRequest): ManagementAnswer => {
    const target = targetOf(url);
    if (!target) return failure(403, 'ForbiddenException', 'Forbidden');
    const connection = api.connections.find(target.stage, target.connectionId);
    if (method === 'POST') return post(connection, body);
    if (method !== 'GET' && method !== 'DELETE') return failure(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
    if (!connection) return GONE;
    if (method === 'GET') return answer(200, describe(connection));
    connection.close(CLOSE.normal);
    return answer(204);
  };

/** The same at the edge, where requests come as Node's own server gives them. */
export const managementHandler =
  (api: WebSocketApi) =>
  (request: IncomingMessage, response: ServerResponse): void =>
    receive(request, response, (body) => {
      const { status, headers, body: text } = manage(api)({ method: request.method ?? '', url: request.url ?? '', body });
      for (const line of headers.split('\r\n').filter(Boolean)) {
        const [name = '', value = ''] = line.split(': ');
        response.setHeader(name, value);
      }
      response.setHeader('x-amzn-RequestId', newRequestId());
      if (status !== 204) response.setHeader('Content-Length', Buffer.byteLength(text));
      response.writeHead(status).end(text);
    });

function post(connection: Connection | undefined, body: Buffer): ManagementAnswer {
  if (body.length > MESSAGE_BYTES) return failure(413, 'PayloadTooLargeException', 'Message too long');
  // Text frames are UTF-8 or the client must close; what is not becomes replacement characters.
  return connection?.send(isUtf8(body) ? body : Buffer.from(body.toString())) ? SENT : GONE;
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

const answer = (status: number, body = '', headers = ''): ManagementAnswer => ({
  status,
  body,
  headers: body === '' ? headers : `Content-Type: application/json\r\n${headers}`,
});

const failure = (status: number, type: string, message: string): ManagementAnswer =>
  answer(status, JSON.stringify({ message }), `x-amzn-ErrorType: ${type}\r\n`);

const SENT = answer(200);
const GONE = failure(410, 'GoneException', 'Gone');
