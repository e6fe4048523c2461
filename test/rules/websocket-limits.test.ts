// Sizes and times of a connection (W7, W8).
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../local/gateway/websocket/client.ts';
import { openConnection, type Transport } from '../../local/gateway/websocket/connection.ts';
import { frameWatch } from '../../local/gateway/websocket/frame-watch.ts';
import { eventually } from '../support/eventually.ts';
import { type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

const KiB = 1024;
let fixture: WebSocketFixture;
beforeAll(async () => {
  fixture = await webSocketFixture();
});
afterAll(() => fixture.stop());

const messages = () => fixture.sink.events.filter(({ requestContext }) => requestContext.eventType === 'MESSAGE');

describe('sizes', () => {
  it('W7: a frame of 32 KB arrives, a larger one closes with 1009', async () => {
    const client = await fixture.connect();
    const before = messages().length;
    client.socket.send('x'.repeat(32 * KiB));
    await fixture.sink.until(() => messages().length === before + 1);
    client.socket.send('x'.repeat(32 * KiB + 1));
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(messages()).toHaveLength(before + 1);
  });

  it('W7: a message of 128 KB arrives in frames, a larger one closes with 1009', async () => {
    const client = await fixture.connect();
    const before = messages().length;
    const part = 'y'.repeat(32 * KiB);
    for (const fin of [false, false, false, true]) client.socket.send(part, { fin });
    await fixture.sink.until(() => messages().length === before + 1);
    expect(messages().at(-1).body).toHaveLength(128 * KiB);
    for (const fin of [false, false, false, false]) client.socket.send(part, { fin });
    client.socket.send('z', { fin: true });
    expect(await client.closed).toMatchObject({ code: 1009 });
    expect(messages()).toHaveLength(before + 1);
  });

  it('W7: control frames count for nothing between the frames of a message', async () => {
    const client = await fixture.connect();
    const before = messages().length;
    client.socket.send('one ', { fin: false });
    client.socket.ping('here');
    client.socket.send('message', { fin: true });
    await fixture.sink.until(() => messages().length === before + 1);
    expect(messages().at(-1).body).toBe('one message');
  });

  it('W7: a binary frame closes with 1003', async () => {
    const client = await fixture.connect();
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.closed).toMatchObject({ code: 1003 });
  });
});

describe('the watch over frames', () => {
  const header = (first: number, length: number) => {
    const bytes = Buffer.alloc(8, 0);
    bytes.set([first, 0x80 | 126], 0);
    bytes.writeUInt16BE(length, 2);
    return bytes;
  };

  it('W7: sees sizes however the bytes are cut, and says so once', () => {
    const frames = [
      header(0x01, 32 * KiB),
      Buffer.alloc(32 * KiB),
      header(0x80, 200),
      Buffer.alloc(200),
      header(0x81, 32 * KiB + 1),
      header(0x81, 40_000),
    ];
    for (const size of [1, 3, 7, 4096, 100_000]) {
      const bytes = Buffer.concat(frames);
      let calls = 0;
      let at = 0;
      const watch = frameWatch(() => calls++);
      const endOfTooLarge = bytes.length - 8;
      for (; at < bytes.length; at += size) {
        watch(bytes.subarray(at, at + size));
        expect(calls).toBe(at + size >= endOfTooLarge ? 1 : 0);
      }
    }
  });
});

describe('times', () => {
  it('W8: an address of more than 4096 characters is refused', async () => {
    const query = (length: number) => `/live?${'q'.repeat(length - '/live?'.length)}`;
    expect((await fixture.connect(query(4096))).socket.readyState).toBe(1);
    await expect(fixture.connect(query(4097))).rejects.toThrow('Unexpected server response: 414');
  });

  it('W8: a connection without messages ends with 1001 after 10 minutes, pings or not; one with messages stays', async () => {
    // 10 minutes are 2 s here.
    const quick = await webSocketFixture(undefined, { timeScale: 300 });
    try {
      const silent = await quick.connect();
      const pinging = setInterval(() => silent.socket.ping(), 50);
      const busy = await quick.connect();
      const talking = setInterval(() => busy.socket.send('still here'), 50);
      expect(await silent.closed).toEqual({ code: 1001, reason: 'Going away' });
      expect(busy.socket.readyState).toBe(1);
      clearInterval(pinging);
      clearInterval(talking);
      await eventually(() => quick.sink.events.some(({ requestContext }) => requestContext.disconnectStatusCode === 1001));
    } finally {
      await quick.stop();
    }
  });

  it('W8: a connection ends with 1001 after 2 hours, however busy', () => {
    vi.useFakeTimers();
    try {
      const closes: unknown[][] = [];
      const webSocket = Object.assign(new EventEmitter(), {
        ...{ OPEN: 1, readyState: 1, bufferedAmount: 0 },
        close: (...how: unknown[]) => closes.push(how),
        ...{ send: () => undefined, resume: () => undefined, pause: () => undefined, terminate: () => undefined },
      });
      const transport = { webSocket, socket: new EventEmitter() } as unknown as Transport;
      const events = { message: () => Promise.resolve(), closing: () => undefined, closed: () => undefined };
      openConnection(transport, {} as Client, 1, events);
      for (let minutes = 0; minutes < 119; minutes++) {
        vi.advanceTimersByTime(60_000);
        webSocket.emit('message', Buffer.from('busy'), false);
      }
      expect(closes).toEqual([]);
      vi.advanceTimersByTime(60_000);
      expect(closes).toEqual([[1001, 'Going away']]);
    } finally {
      vi.useRealTimers();
    }
  });
});
