// Posts to connections: what is used again, what is tried again, and that nobody gets a frame twice.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { poster } from '../../functions/messages/live/poster.ts';

vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
const frame = Buffer.from('{}');
const ends: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const end of ends.splice(0)) end();
});

/** A poster to that server, which ends with the test. */
async function posterTo(server: Server, protocol = 'http') {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => socket.destroy())));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const endpoint = `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
  return { ...poster({ endpoint, region: 'eu-central-1' }), sockets };
}

/** Answers with these statuses, one after the other, and counts. */
async function answering(...statuses: number[]) {
  const requests: (string | undefined)[] = [];
  const answer: RequestListener = (request, response) => {
    requests.push(request.method);
    request.resume().on('end', () => response.writeHead(statuses.shift() ?? 500).end());
  };
  return { ...(await posterTo(createServer(answer))), requests };
}

test('the socket of a moment ago is used again, that of a while ago is not', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { post, sockets } = await answering(200, 200, 200);

  expect(await post('a', frame)).toBe('sent');
  // A socket is free again a turn after its answer.
  await turn();
  expect(await post('b', frame)).toBe('sent');
  expect(sockets.size).toBe(1);
  vi.setSystemTime(Date.now() + 6_000);
  expect(await post('a', frame)).toBe('sent');
  expect(sockets.size).toBe(2);
});

test('a socket that ends takes one post with it, and none is sent twice', async () => {
  const ids = Array.from({ length: 400 }, (_, index) => `c${index}`);
  const seen: string[] = [];
  let broken: Socket | undefined;
  const server = createSocketServer((socket) => {
    // The first one gives half an answer, so that it could take more requests, and ends when all have come.
    if (!broken) socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'));
    broken ??= socket;
    socket.on('data', (chunk) => {
      for (const [, id] of chunk.toString().matchAll(/^POST \S+\/(\w+) /gm)) {
        seen.push(id as string);
        if (socket !== broken) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      }
      if (seen.length === ids.length) broken?.end();
    });
  });
  const { post } = await posterTo(server);

  const deliveries = await Promise.all(ids.map((id) => post(id, frame)));
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(deliveries.filter((delivery) => delivery !== 'sent')).toEqual(['failed']);
});

test('a throttled post is tried again, as it was not delivered', async () => {
  const { post, requests } = await answering(429, 429, 200);
  expect(await post('a', frame)).toBe('sent');
  expect(requests).toHaveLength(3);
});

test.each([500, 503])('a post that ends with %i is not tried again, as it may have been delivered', async (status) => {
  const { post, requests } = await answering(status, 200);
  expect(await post('a', frame)).toBe('failed');
  expect(requests).toHaveLength(1);
});

test('a close that fails is tried again: who is to be closed has a gap', async () => {
  const { close, requests } = await answering(500, 429, 204);
  await close('a');
  expect(requests).toEqual(['DELETE', 'DELETE', 'DELETE']);
});

test('a way to the API that is not found in time is given up before the function is', { timeout: 5_000 }, async () => {
  const { post } = await posterTo(
    createSocketServer(() => undefined),
    'https',
  );
  expect(await post('a', frame)).toBe('failed');
});
