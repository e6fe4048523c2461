// The AWS control APIs that handlers call, on one loopback port: each service adds its operations.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Addresses, LOOPBACK } from '../host.ts';
import type { Log } from '../log.ts';
import { matchPath, type PathPattern, pathPattern } from './path-pattern.ts';

/** JSON 1.0/1.1 services: `X-Amz-Target: <target>.<Operation>`. Throw `AwsError` for a modelled failure. */
// biome-ignore lint/suspicious/noExplicitAny: each operation declares the input that it reads; AWS's clients have checked it
export type JsonOperation = (input: any) => Promise<unknown> | unknown;

export interface RestRequest {
  readonly method: string;
  /** Decoded path parameters of the pattern. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}
export interface RestAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface ControlApi {
  /** The value of AWS_ENDPOINT_URL for every function of this host. */
  readonly url: string;
  /** E.g. `json('secretsmanager', { GetSecretValue: ... })`. */
  json(target: string, operations: Readonly<Record<string, JsonOperation>>): void;
  /** E.g. `rest('POST', '/2015-03-31/functions/{name}/invocations', …)`; `{name}` matches one segment and arrives decoded. */
  rest(method: string, pattern: string, answer: (request: RestRequest) => Promise<RestAnswer>): void;
  stop(): Promise<void>;
}

interface RestOperation {
  readonly method: string;
  readonly pattern: PathPattern;
  readonly answer: (request: RestRequest) => Promise<RestAnswer>;
}

/** A synchronous invoke carries up to 6,291,556 bytes; anything much larger is a mistake. */
const BODY_LIMIT = 7 * 2 ** 20;

export async function controlApi(log: Log, addresses: Addresses = LOOPBACK): Promise<ControlApi> {
  const { listen, controlPort, controlUrl } = addresses;
  const jsonOperations = new Map<string, JsonOperation>();
  const restOperations: RestOperation[] = [];

  async function answer(request: IncomingMessage): Promise<RestAnswer> {
    const body = await bodyOf(request);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      const operation = jsonOperations.get(target);
      if (!operation) throw unknownOperation(target);
      const output = await operation(inputOf(body));
      return {
        status: 200,
        headers: { 'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1' },
        body: JSON.stringify(output ?? {}),
      };
    }
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://control');
    const method = request.method ?? 'GET';
    for (const operation of restOperations) {
      const params = operation.method === method ? matchPath(operation.pattern, pathname) : undefined;
      if (params) return operation.answer({ method, params, query, headers: request.headers, body });
    }
    throw unknownOperation(`${method} ${pathname}`);
  }

  /** The error in both wire forms at once: JSON protocols read `__type`, REST ones the header. */
  function failure(error: unknown): RestAnswer {
    const known =
      error instanceof AwsError ? error : new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), 500);
    if (known.code === 'UnknownOperationException') log('error', 'control-api', known.message);
    else if (known.status >= 500) log('error', 'control-api', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return {
      status: known.status,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': known.code },
      body: JSON.stringify({ __type: known.code, message: known.message }),
    };
  }

  const server = createServer(async (request, response) => {
    const given = await answer(request).catch(failure);
    // A body that was not read to its end cannot be followed by another request on the same connection.
    if (!request.complete) response.setHeader('connection', 'close');
    send(response, given);
  });
  server.listen(controlPort, listen);
  await once(server, 'listening');

  return {
    url: controlUrl ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    json(target, operations) {
      for (const [name, operation] of Object.entries(operations)) jsonOperations.set(`${target}.${name}`, operation);
    },
    rest: (method, pattern, answer) => void restOperations.push({ method, pattern: pathPattern(pattern), answer }),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const unknownOperation = (name: string) =>
  new AwsError(
    'UnknownOperationException',
    `${name} is not among the AWS operations of this host: add it in local/services, or keep handlers from calling it here.`,
  );

function inputOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new AwsError('RequestEntityTooLargeException', `Request must be smaller than ${BODY_LIMIT} bytes`, 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, headers, body }: RestAnswer): void {
  response.writeHead(status, { 'x-amzn-requestid': randomUUID(), 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
