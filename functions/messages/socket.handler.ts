import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2, SQSEvent } from 'aws-lambda';
import { dynamodb, sqs } from '../shared/aws.ts';
import { env } from '../shared/env.ts';
import { orderedBatch } from '../shared/ordered-batch.ts';
import { acceptedRequestId, inRequest } from '../shared/request-context.ts';
import { serving } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { telling } from '../shared/tracing/start.ts';
import { poster } from './live/poster.ts';
import { pushQueue } from './live/pushes.ts';
import { registry } from './live/registry.ts';
import { greetingQueue } from './socket/greetings.ts';
import { isOwnPageOrProgram } from './socket/origin-check.ts';
import { socket } from './socket/socket.ts';

const { opened, closed, said, greet } = socket({
  registry: registry(dynamodb(), env('CONNECTIONS_TABLE')),
  greetings: greetingQueue(sqs(), env('GREETINGS_QUEUE_URL')),
  pushes: pushQueue(sqs(), env('PUSHES_QUEUE_URL')),
  poster: poster({ endpoint: env('AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI'), region: env('AWS_REGION') }),
  clock: Date.now,
  pause,
});

const greetings = orderedBatch(({ Records }: SQSEvent) => greet(Records.map(({ body }) => body)));

/** API Gateway sends headers with CONNECT only. */
type SocketEvent = APIGatewayProxyWebsocketEventV2 & { readonly headers?: Record<string, string> };

async function connection({ requestContext, headers = {}, body }: SocketEvent): Promise<APIGatewayProxyResultV2> {
  const { eventType, connectionId, domainName, requestTimeEpoch } = requestContext;
  if (eventType === 'CONNECT' && !isOwnPageOrProgram(headers, domainName)) return { statusCode: 403 };
  if (eventType === 'CONNECT') await opened(connectionId);
  else if (eventType === 'DISCONNECT') await closed(connectionId);
  else await said(connectionId, body ?? '', requestTimeEpoch);
  return { statusCode: 200 };
}

/** What connections do, and the greetings that they get a moment after they came. */
export const handler = (event: SocketEvent | SQSEvent, context: Parameters<typeof greetings>[1]) =>
  'Records' in event
    ? greetings(event, context)
    : inRequest({ requestId: acceptedRequestId(event.requestContext.requestId, '-') }, () =>
        telling(() => inSpan(`websocket ${event.requestContext.eventType}`, serving('http', {}), () => connection(event))),
      );
