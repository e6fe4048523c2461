// A REST API of an emulator as an origin: requests pass as they came, answers too.
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Origin } from '../gateway/origins.ts';

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

/** @param endpoint of the emulator, which serves an API below `/_aws/execute-api/{id}/{stage}` too */
export function restOrigin(endpoint: string, apiId: string): Origin {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    async serve(request, response) {
      // The edge leaves it to whoever reads the body.
      if (request.headers.expect) response.writeContinue();
      const forwarded = forward(`${endpoint}/_aws/execute-api/${apiId}${request.url}`, request, agent);
      // What a client no longer waits for would hold up those who do.
      response.once('close', () => forwarded.destroy());
      const answer = await answerTo(forwarded);
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHopByHop(answer.rawHeaders));
      await pipeline(answer, response);
    },
  };
}

function forward(url: string, request: IncomingMessage, agent: Agent): ClientRequest {
  const { host } = new URL(url);
  const headers = ['Host', host, ...withoutHopByHop(request.rawHeaders)];
  // A body of unknown length stays one.
  if (request.headers['transfer-encoding']) headers.push('Transfer-Encoding', 'chunked');
  return request.pipe(httpRequest(url, { method: request.method ?? 'GET', headers, agent }));
}

const answerTo = (forwarded: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => void forwarded.on('response', resolve).on('error', reject));

function withoutHopByHop(raw: readonly string[]): string[] {
  return raw.filter((_, index) => !HOP_BY_HOP.has((raw[index - (index % 2)] ?? '').toLowerCase()));
}
