// A REST API of an emulator as an origin: requests pass as they came, and what functions answer too.
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Origin } from '../gateway/origins.ts';
import { type GatewayResponses, inOwnWords } from './gateway-responses.ts';

export interface RestOriginOptions {
  /** Of the emulator, which serves an API below `/_aws/execute-api/{id}/{stage}` too. */
  readonly endpoint: string;
  readonly apiId: string;
  /** Looked up when the emulator first says something by itself. */
  readonly gatewayResponses: () => Promise<GatewayResponses>;
}

/** The emulator starts a process for each request that finds its function busy: what is more waits here, where it costs nothing. */
const AT_ONCE = 16;

/** Of the connection between two parties, not of the request. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]);

/** Of an answer that gets another body. */
const OF_BODY = new Set(['content-length', 'content-type', 'x-amzn-errortype']);

export function restOrigin({ endpoint, apiId, gatewayResponses }: RestOriginOptions): Origin {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let responses: Promise<GatewayResponses> | undefined;

  async function sayInOwnWords(answer: IncomingMessage, request: IncomingMessage, response: ServerResponse): Promise<void> {
    responses ??= gatewayResponses();
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const asked = { verb: request.method ?? 'GET', path, query, rawHeaders: request.rawHeaders, body: Buffer.alloc(0) };
    const { status, headers, body } = inOwnWords(
      {
        status: answer.statusCode ?? 500,
        errorType: String(answer.headers['x-amzn-errortype']),
        requestId: String(answer.headers['x-amzn-requestid'] ?? ''),
        body: await text(answer),
      },
      asked,
      await responses,
    );
    // MiniStack has set the response's headers already.
    const own = new Set(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
    const kept = without(answer.rawHeaders, (name) => HOP_BY_HOP.has(name) || OF_BODY.has(name) || own.has(name));
    response.writeHead(status, [...kept, ...headers, 'Content-Length', String(Buffer.byteLength(body))]).end(body);
  }

  return {
    async serve(request, response) {
      // The edge leaves it to whoever reads the body.
      if (request.headers.expect) response.writeContinue();
      const forwarded = forward(`${endpoint}/_aws/execute-api/${apiId}${request.url}`, request, agent);
      // What a client no longer waits for would hold up those who do.
      response.once('close', () => forwarded.destroy());
      const answer = await answerTo(forwarded);
      if (answer.headers['x-amzn-errortype'] !== undefined) return sayInOwnWords(answer, request, response);
      const headers = without(answer.rawHeaders, (name) => HOP_BY_HOP.has(name));
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
      await pipeline(answer, response);
    },
  };
}

function forward(url: string, request: IncomingMessage, agent: Agent): ClientRequest {
  const { host } = new URL(url);
  const headers = ['Host', host, ...without(request.rawHeaders, (name) => HOP_BY_HOP.has(name))];
  // A body of unknown length stays one.
  if (request.headers['transfer-encoding']) headers.push('Transfer-Encoding', 'chunked');
  return request.pipe(httpRequest(url, { method: request.method ?? 'GET', headers, agent }));
}

const answerTo = (forwarded: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => void forwarded.on('response', resolve).on('error', reject));

/** Name, value, name, value …, without those whose lower-case name is unwanted. */
const without = (raw: readonly string[], unwanted: (name: string) => boolean): string[] =>
  raw.filter((_, index) => !unwanted((raw[index - (index % 2)] ?? '').toLowerCase()));
