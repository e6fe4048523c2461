// What clients do that they should not: it ends their own connection, and nobody else's.
import { once } from 'node:events';
import { connect as dial, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { nodeFunction } from './fixture.ts';
import { exchange } from './raw-http.ts';
import type { Client } from './websocket-client.ts';
import { command, type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

const KiB = 1024;
const echo = nodeFunction('export const handler = async ({ body }) => ({ statusCode: 200, body });');
let fixture: WebSocketFixture;
let witness: Client & { readonly id: string };
beforeAll(async () => {
  fixture = await webSocketFixture(
    { $connect: {}, $default: { responds: true }, $disconnect: {}, echo: { to: 'Echo', responds: true } },
    { eventsPerEnvironment: 16, resources: { Echo: echo } },
  );
  fixture.sink.answer = ({ body }) => ({ statusCode: 200, ...(body && { body: JSON.stringify(body.slice(0, 20)) }) });
  witness = await fixture.connected();
});
afterAll(() => fixture.stop());

afterEach(async () => {
  witness.socket.send('still there');
  expect(await witness.next()).toBe('still there');
  await fixture.connect();
});

const handshake = (...headers: readonly string[]) =>
  ['GET /live HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', ...headers, '', ''].join('\r\n');
const proper = handshake('Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==');

/** A socket that has been upgraded, and is the test's own from there on. */
async function upgraded(): Promise<Socket> {
  const { hostname, port } = new URL(fixture.host.url);
  const socket = dial(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(proper);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toContain('101 Switching Protocols');
  return socket;
}

const connects = () => fixture.sink.events.filter(({ requestContext }) => requestContext.eventType === 'CONNECT');
const ends = (code: number) => fixture.sink.events.filter(({ requestContext }) => requestContext.disconnectStatusCode === code).length;

describe('handshakes', () => {
  it.each([
    ['no key', handshake('Sec-WebSocket-Version: 13')],
    ['a malformed key', handshake('Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: short')],
    ['an unknown version', handshake('Sec-WebSocket-Version: 99', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==')],
    ['another protocol', proper.replace('Upgrade: websocket', 'Upgrade: h2c')],
  ])('with %s are a 400, and no function hears of them', async (_, bytes) => {
    const seen = connects().length;
    expect(await exchange(fixture.host.url, bytes, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(connects()).toHaveLength(seen);
  });

  it('with a malformed subprotocol are a 400, and $disconnect follows where $connect has been called', async () => {
    const before = ends(1006);
    const bytes = proper.replace('Host: x', 'Host: x\r\nSec-WebSocket-Protocol: a,,b');
    expect(await exchange(fixture.host.url, bytes, '\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    await fixture.sink.until(() => ends(1006) > before);
  });

  it('that are reset while the function is at it are the end of that connection only', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { answer } = fixture.sink;
    fixture.sink.answer = async (event) => {
      if (event.requestContext.eventType === 'CONNECT') await promise;
      return answer(event);
    };
    const seen = fixture.sink.events.length;
    const { hostname, port } = new URL(fixture.host.url);
    const socket = dial(Number(port), hostname);
    socket.write(proper);
    await fixture.sink.until((events) => events.length > seen);
    const before = ends(1006);
    socket.resetAndDestroy();
    resolve();
    await fixture.sink.until(() => ends(1006) > before);
    fixture.sink.answer = answer;
  });
});

describe('frames', () => {
  it.each([
    ['garbage', Buffer.from('GET / HTTP/1.1\r\n\r\n'.repeat(50))],
    ['no mask', Buffer.from([0x81, 0x02, 0x68, 0x69])],
    ['text that is not UTF-8', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0xff])],
    ['a size beyond all bounds', Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
    ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
  ])('with %s end in a close, also where the client does not answer it', async (_, bytes) => {
    const before = fixture.sink.events.filter(({ requestContext }) => requestContext.eventType === 'DISCONNECT').length;
    const socket = await upgraded();
    socket.resume().write(bytes);
    await once(socket, 'close');
    const disconnects = () => fixture.sink.events.filter(({ requestContext }) => requestContext.eventType === 'DISCONNECT');
    await fixture.sink.until(() => disconnects().length > before);
  });

  it('that stop in the middle are dropped with their connection', async () => {
    const before = ends(1006);
    const socket = await upgraded();
    socket.write(Buffer.from([0x81, 0xfe, 0x10, 0x00, 0, 0, 0, 0, 0x78]));
    socket.resetAndDestroy();
    await fixture.sink.until(() => ends(1006) > before);
  });

  it('come in any number: no message is lost, and the others are not held up', async () => {
    const count = 1500;
    const client = await fixture.connected();
    for (let n = 0; n < count; n++) client.socket.send(JSON.stringify({ action: 'echo', n }));
    await eventually(() => client.received.length === count);
    expect([...client.received].map((text) => JSON.parse(text).n).sort((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_, n) => n),
    );
  });
});

describe('a client that does not read', () => {
  it('is given up once 4 MB wait for it: 410 from then on, and nobody has waited', async () => {
    const client = await fixture.connected();
    client.socket.pause();
    const before = ends(1008);
    const text = 'x'.repeat(128 * KiB);
    const began = performance.now();
    // The kernel's buffers take some megabytes of their own.
    const sent = await eventually(async () => {
      for (let posts = 1; posts < 500; posts++) if ((await command(fixture.endpoint, 'POST', client.id, text)).status === 410) return posts;
      return undefined;
    });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(sent).toBeGreaterThan(32);
    expect((await command(fixture.endpoint, 'GET', client.id)).status).toBe(410);
    // Its socket goes without its consent.
    await fixture.sink.until(() => ends(1008) > before);
    client.socket.terminate();
  });
});
