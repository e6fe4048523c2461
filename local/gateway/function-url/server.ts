// The address of a function: an HTTP server on loopback whose every request is an event of that function (U1, U7).
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { keptPorts } from '../../backends/ports.ts';
import { REQUEST_BYTES } from '../../lambda/limits.ts';
import { type LambdaFunction, TooManyRequests } from '../../lambda/registry.ts';
import type { Log } from '../../log.ts';
import { readBody } from '../rest/body.ts';
import { GatewayFailure } from '../rest/failure.ts';
import type { GatewayAnswer } from '../rest/integration.ts';
import { MalformedAnswer, urlAnswer } from './answer.ts';
import { urlEvent } from './event.ts';

export interface FunctionUrlOptions {
  readonly id: string;
  readonly fn: LambdaFunction;
  /** Where the port is remembered. */
  readonly dir: string;
  readonly log: Log;
}

export interface FunctionUrl {
  /** `http://127.0.0.1:port/`, the same after a restart while the port is free: clients keep addresses. */
  readonly url: string;
  /** Takes no more requests, and finishes what is in flight for at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export async function functionUrl({ id, fn, dir, log }: FunctionUrlOptions): Promise<FunctionUrl> {
  let stopping = false;
  // Longer than clients keep a connection, so that none of them sends into one that is just being closed.
  const server = createServer({ keepAliveTimeout: 65_000 });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    // Node closes connections that are idle when the server stops, not those that become so.
    response.once('close', () => stopping && setImmediate(() => server.closeIdleConnections()));
    const requestId = randomUUID();
    const answer = await answerTo(request, response, requestId).catch((error: unknown) => {
      const gone = request.destroyed && !request.complete;
      log(gone ? 'debug' : 'error', fn.definition.name, `${requestId} ${request.method} ${request.url}: ${String(error)}`);
      return FAILED;
    });
    send(request, response, requestId, answer);
  };
  // Whoever reads the body says whether to continue, so that a refused upload is never sent.
  server.on('request', serve).on('checkContinue', serve);

  async function answerTo(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<GatewayAnswer> {
    try {
      const body = await readBody(request, response, REQUEST_BYTES);
      const event = urlEvent(request, body, { urlId: id, requestId, receivedAt: Date.now() });
      if (Buffer.byteLength(event) > REQUEST_BYTES) return TOO_LARGE;
      const { payload, functionError } = await fn.invoke(event, { requestId });
      return functionError ? FAILED : urlAnswer(payload);
    } catch (error) {
      if (error instanceof TooManyRequests) return throttled(error);
      if (error instanceof GatewayFailure && error.type === 'REQUEST_TOO_LARGE') return TOO_LARGE;
      if (!(error instanceof MalformedAnswer)) throw error;
      log('error', fn.definition.name, `${requestId} ${error.message}`);
      return FAILED;
    }
  }

  await mkdir(dir, { recursive: true });
  const [port] = await keptPorts(dir, 1);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop(graceMs) {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      const giveUp = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(giveUp);
    },
  };
}

const FAILED: GatewayAnswer = { status: 502, headers: ['Content-Type', 'text/plain'], body: 'Internal Server Error' };

const refusal = (status: number, type: string, body: object): GatewayAnswer => ({
  status,
  headers: ['Content-Type', 'application/json', 'x-amzn-ErrorType', type],
  body: JSON.stringify(body),
});

const TOO_LARGE = refusal(413, 'RequestEntityTooLargeException', {
  Type: 'User',
  message: `Request must be smaller than ${REQUEST_BYTES} bytes for the InvokeFunction operation`,
});

const throttled = ({ name, reason, message }: TooManyRequests) => refusal(429, name, { Reason: reason, Type: 'User', message });

function send({ method }: IncomingMessage, response: ServerResponse, requestId: string, { status, headers, body }: GatewayAnswer) {
  const bodiless = status === 204 || status === 304;
  const length = bodiless ? [] : ['Content-Length', String(Buffer.byteLength(body))];
  response.writeHead(status, [...headers, 'x-amzn-RequestId', requestId, ...length]);
  response.end(bodiless || method === 'HEAD' ? undefined : body);
}
