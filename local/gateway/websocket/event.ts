// The events of a WebSocket API (W4), as JSON text. Headers and query come only with CONNECT.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { commonLogTime } from '../rest/event.ts';
import { headerMaps } from '../rest/headers.ts';
import { queryMaps } from '../rest/query.ts';
import { type Client, newGatewayId } from './client.ts';
import type { WebSocketApi } from './definition.ts';

/** One event's own identity; errors that the client sees name it, too. */
export const newRequestId = (): string => randomUUID();

export function connectEvent(api: WebSocketApi, client: Client, request: IncomingMessage, query: string, requestId: string): string {
  const { headers, multiValueHeaders } = headerMaps(request.rawHeaders, {
    sourceIp: client.sourceIp,
    port: request.socket.localPort ?? 0,
    traceId: `Root=1-${Math.floor(client.connectedAt / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(8)}`,
  });
  for (const name of Object.keys(headers).filter((name) => name.toLowerCase() === 'upgrade')) {
    delete headers[name];
    delete multiValueHeaders[name];
  }
  return JSON.stringify({
    headers,
    multiValueHeaders,
    ...(query === '' ? {} : queryMaps(query)),
    ...common(api, client, requestId, { routeKey: '$connect', eventType: 'CONNECT' }),
  });
}

export const messageEvent = (api: WebSocketApi, client: Client, routeKey: string, body: string, requestId: string): string =>
  JSON.stringify({ ...common(api, client, requestId, { routeKey, messageId: newGatewayId(), eventType: 'MESSAGE' }), body });

export const disconnectEvent = (api: WebSocketApi, client: Client, code: number, reason: string, requestId: string): string =>
  JSON.stringify(
    common(api, client, requestId, {
      routeKey: '$disconnect',
      disconnectStatusCode: code,
      disconnectReason: reason,
      eventType: 'DISCONNECT',
    }),
  );

function common(api: WebSocketApi, client: Client, requestId: string, own: Readonly<Record<string, string | number>>) {
  const now = Date.now();
  return {
    ...(client.stage.variables && { stageVariables: client.stage.variables }),
    requestContext: {
      ...own,
      extendedRequestId: Buffer.from(requestId.slice(-11)).toString('base64'),
      requestTime: commonLogTime(now),
      messageDirection: 'IN',
      stage: client.stage.name,
      connectedAt: client.connectedAt,
      requestTimeEpoch: now,
      identity: { ...(client.userAgent === undefined ? {} : { userAgent: client.userAgent }), sourceIp: client.sourceIp },
      requestId,
      domainName: api.domain,
      connectionId: client.connectionId,
      apiId: api.id,
    },
    isBase64Encoded: false,
  };
}
