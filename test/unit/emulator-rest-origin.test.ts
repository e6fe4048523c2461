// What passes through the gateway to an emulator's REST API comes as it was sent, and goes back as it was answered.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restOrigin } from '../../local/emulator/rest-origin.ts';
import { send } from '../rules/raw-http.ts';

const OWN_TEMPLATE = { 'application/json': '{"message":"not found","was":$context.error.messageString}' };

/** Answers with what it got, `/nothing` as LocalStack where no route is; `/slow` waits until it is let go. */
let emulator: Server;
let gateway: Server;
let url: string;
const held: (() => void)[] = [];

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  emulator = createServer(async (request: IncomingMessage, response) => {
    if (request.url?.endsWith('/nothing')) {
      response.writeHead(404, {
        'x-amzn-ErrorType': 'MissingAuthenticationTokenException',
        'x-amzn-RequestId': 'r-1',
        'x-localstack': 'true',
      });
      return void response.end('{"message": "Missing Authentication Token"}');
    }
    if (request.url?.endsWith('/slow')) await new Promise<void>((release) => held.push(release));
    // Undefined where the client has gone.
    const body = await text(request).catch(() => undefined);
    response.writeHead(418, 'Short and stout', ['X-Twice', '1', 'X-Twice', '2', 'Content-Type', 'application/json']);
    response.end(JSON.stringify({ method: request.method, url: request.url, raw: request.rawHeaders, body }));
  });
  const own = { statusCode: 404, parameters: { 'gatewayresponse.header.x-request-id': 'context.requestId' }, templates: OWN_TEMPLATE };
  const gatewayResponses = async () => new Map([['MISSING_AUTHENTICATION_TOKEN', own]]);
  const origin = restOrigin({ endpoint: await listening(emulator), apiId: 'abc123', gatewayResponses });
  gateway = createServer((request, response) => {
    Promise.resolve(origin.serve(request, response)).catch(() => response.destroy());
  });
  gateway.on('checkContinue', (request, response) => gateway.emit('request', request, response));
  url = await listening(gateway);
});

afterAll(() => {
  for (const release of held) release();
  for (const server of [gateway, emulator]) {
    server.close();
    server.closeAllConnections();
  }
});

const echoed = async (path: string, options?: Parameters<typeof send>[2]) => JSON.parse((await send(url, path, options)).body);

test('path and query arrive byte by byte, below the path of the API', async () => {
  expect((await echoed('/live/a%2Fb//c/?x=%20&x=+')).url).toBe('/_aws/execute-api/abc123/live/a%2Fb//c/?x=%20&x=+');
});

test('headers keep their case, order and repetition; those of the connection stay behind', async () => {
  const { raw } = await echoed('/live/x', { headers: ['X-b', '1', 'x-A', '2', 'X-b', '3', 'Keep-Alive', 'timeout=5'] });
  const names = raw.filter((_: string, index: number) => index % 2 === 0);
  expect(names.filter((name: string) => /^x-/i.test(name))).toEqual(['X-b', 'x-A', 'X-b']);
  expect(names).not.toContain('Keep-Alive');
});

test('a body passes, of known length and of unknown', async () => {
  expect((await echoed('/live/x', { method: 'POST', body: 'grüße' })).body).toBe('grüße');
  const chunked = await fetch(`${url}/live/x`, { method: 'POST', body: new Blob(['one', 'two']).stream(), duplex: 'half' } as RequestInit);
  expect(((await chunked.json()) as { body: string }).body).toBe('onetwo');
});

test('status, reason and repeated headers come back', async () => {
  const answer = await fetch(`${url}/live/x`);
  expect([answer.status, answer.statusText, answer.headers.get('x-twice')]).toEqual([418, 'Short and stout', '1, 2']);
});

test('what the emulator says by itself is said as the API wants it', async () => {
  const answer = await fetch(`${url}/live/nothing`);
  expect([answer.status, answer.headers.get('x-request-id'), answer.headers.get('x-amzn-errortype')]).toEqual([
    404,
    'r-1',
    'MissingAuthenticationTokenException',
  ]);
  expect(await answer.json()).toEqual({ message: 'not found', was: 'Missing Authentication Token' });
});

test('more requests than the emulator is to have at once wait here, and all are answered', async () => {
  const answers = Array.from({ length: 20 }, () => fetch(`${url}/live/slow`));
  await expect.poll(() => held.length).toBe(16);
  const released = new Set<() => void>();
  const release = () => {
    for (const each of held) if (!released.has(each)) released.add(each) && each();
  };
  await expect
    .poll(() => {
      release();
      return released.size;
    })
    .toBe(20);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(20).fill(418));
});

test('a client that goes away while it sends takes its request along', async () => {
  const gone = new Promise<void>((resolve) => emulator.once('request', (request: IncomingMessage) => request.once('close', resolve)));
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST /live/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await new Promise((resolve) => emulator.once('request', resolve));
  socket.destroy();
  await gone;
});
