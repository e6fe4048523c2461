// One request through a REST API: stage, route, API key, integration, answer.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Host } from '../../host.ts';
import { apiKeysOf } from '../api-keys.ts';
import type { Origin } from '../origins.ts';
import { readBody } from './body.ts';
import type { RestApi, Stage } from './definition.ts';
import { GatewayFailure } from './failure.ts';
import { gatewayAnswer } from './gateway-responses.ts';
import { headerOf } from './headers.ts';
import type { GatewayAnswer, GatewayRequest, RequestContext } from './integration.ts';
import { missingParameters } from './required-parameters.ts';

/** Bytes of request line and headers together (R13). */
const HEADER_LIMIT = 10_240;
const NO_BODY = Buffer.alloc(0);

/** The API as an origin; the first segment of the path is the stage. */
export function restOrigin(api: RestApi, host: Host): Origin {
  const keys = apiKeysOf(host);
  return {
    async serve(incoming, response) {
      const { stage, path, query } = target(api, incoming.url ?? '/');
      // AWS knows no API under another stage's name, so neither gateway responses nor request ids apply.
      if (!stage) return send(response, incoming.method, { status: 403, headers: FORBIDDEN, body: '{"message":"Forbidden"}' });
      const request = { verb: incoming.method ?? 'GET', path, query, rawHeaders: incoming.rawHeaders, body: NO_BODY };
      const context = newContext(api, stage, incoming);
      const answer = await answerTo(request, context, incoming, response).catch((error: unknown) => {
        const failure =
          error instanceof GatewayFailure
            ? error
            : new GatewayFailure('DEFAULT_5XX', `${error instanceof Error ? error.stack : error}`, { status: 500 });
        host.log(
          failure.status < 500 ? 'debug' : 'error',
          'rest',
          `${context.requestId} ${request.verb} ${path} → ${failure.type}: ${failure.detail}`,
        );
        return gatewayAnswer(failure, { request, context });
      });
      send(response, incoming.method, answer, context);
      host.log('debug', 'rest', `${context.requestId} ${request.verb} ${path} → ${answer.status} in ${Date.now() - context.receivedAt} ms`);
    },
  };

  async function answerTo(
    request: GatewayRequest,
    known: KnownContext,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<GatewayAnswer> {
    if (headerBytes(request) > HEADER_LIMIT)
      throw new GatewayFailure('REQUEST_TOO_LARGE', `request line and headers over ${HEADER_LIMIT} bytes`);
    if (!isDecodable(request.path)) throw new GatewayFailure('DEFAULT_4XX', 'the path is not properly URL-encoded');
    const match = known.stage.routes.match(request.verb, request.path);
    if (!match) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN', 'no resource with this method');
    const { method } = match.route;
    const apiKey = method.apiKeyRequired ? keys.find(known.api.id, known.stage.name, headerOf(request.rawHeaders, 'x-api-key')) : undefined;
    if (method.apiKeyRequired && !apiKey)
      throw new GatewayFailure('INVALID_API_KEY', 'x-api-key is missing or in no usage plan of the stage');
    const context: RequestContext = apiKey ? { ...known, ...match, apiKey } : { ...known, ...match };
    const missing = missingParameters(method.requiredParameters, request, context);
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      throw new GatewayFailure('BAD_REQUEST_PARAMETERS', message, { message });
    }
    return method.integration({ ...request, body: await readBody(incoming, response) }, context);
  }
}

type KnownContext = Omit<RequestContext, 'route' | 'pathParameters'>;

const FORBIDDEN = ['Content-Type', 'application/json', 'x-amzn-ErrorType', 'ForbiddenException'];

function newContext(api: RestApi, stage: Stage, incoming: IncomingMessage): KnownContext {
  const requestId = randomUUID();
  const receivedAt = Date.now();
  const hex = requestId.replaceAll('-', '');
  return {
    api,
    stage,
    requestId,
    extendedRequestId: Buffer.from(hex.slice(0, 22), 'hex').toString('base64'),
    traceId: sentTrace(incoming) ?? `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${hex.slice(8)}`,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    port: incoming.socket.localPort ?? 0,
    protocol: `HTTP/${incoming.httpVersion}`,
    receivedAt,
  };
}

/** A trace that the client has begun goes on. */
const sentTrace = ({ rawHeaders }: IncomingMessage) =>
  /Root=1-[\da-f]{8}-[\da-f]{24}/.exec(headerOf(rawHeaders, 'x-amzn-trace-id') ?? '')?.[0];

/** `/{stage}/path?query`. */
function target(api: RestApi, url: string): { stage: Stage | undefined; path: string; query: string } {
  const question = url.indexOf('?');
  const pathname = question === -1 ? url : url.slice(0, question);
  const slash = pathname.indexOf('/', 1);
  return {
    stage: api.stages.get(slash === -1 ? pathname.slice(1) : pathname.slice(1, slash)),
    path: slash === -1 ? '/' : pathname.slice(slash),
    query: question === -1 ? '' : url.slice(question + 1),
  };
}

function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const headerBytes = ({ path, query, rawHeaders }: GatewayRequest) =>
  rawHeaders.reduce((sum, text) => sum + text.length, path.length + query.length);

/** Writes the answer with the gateway's own headers (R16); a HEAD keeps the length and loses the body. */
function send(response: ServerResponse, verb: string | undefined, { status, headers, body }: GatewayAnswer, context?: KnownContext) {
  const ids = context ? idHeaders(context) : [];
  const length = status === 204 || status === 304 ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  response.writeHead(status, [...headers, ...ids, ...length]);
  response.end(verb === 'HEAD' || status === 204 || status === 304 ? undefined : body);
}

function idHeaders({ requestId, extendedRequestId, traceId }: KnownContext): string[] {
  const parent = requestId.replaceAll('-', '').slice(-16);
  return ['x-amzn-RequestId', requestId, 'x-amz-apigw-id', extendedRequestId, 'X-Amzn-Trace-Id', `${traceId};Parent=${parent};Sampled=0`];
}
