// The end of connections: by the client, without a word, and with the host (W6).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event, EventSink } from './event-sink.ts';
import { hostFixture, nodeFunction } from './fixture.ts';
import { connect } from './websocket-client.ts';
import { command, type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';
import { webSocketTemplate } from './websocket-template.ts';

let fixture: WebSocketFixture;
beforeAll(async () => {
  fixture = await webSocketFixture();
});
afterAll(() => fixture.stop());

async function disconnectOf(id: string, sink: EventSink): Promise<Event> {
  const isIt = ({ requestContext: { eventType, connectionId } }: Event) => eventType === 'DISCONNECT' && connectionId === id;
  return (await sink.until((events) => events.some(isIt))).find(isIt);
}

describe('$disconnect', () => {
  it('W6: comes after the close, with its code and reason', async () => {
    const client = await fixture.connected();
    client.socket.close(4001, 'done here');
    const { requestContext, ...event } = await disconnectOf(client.id, fixture.sink);
    expect(requestContext).toMatchObject({ routeKey: '$disconnect', disconnectStatusCode: 4001, disconnectReason: 'done here' });
    expect(event).toEqual({ isBase64Encoded: false });
    expect((await command(fixture.endpoint, 'GET', client.id)).status).toBe(410);
  });

  it('W6: tells a close without a code', async () => {
    const client = await fixture.connected();
    client.socket.close();
    const { requestContext } = await disconnectOf(client.id, fixture.sink);
    expect(requestContext).toMatchObject({
      disconnectStatusCode: 1005,
      disconnectReason: 'Client-side close frame status not set',
    });
  });

  it('W6: comes after an abrupt end, too', async () => {
    const client = await fixture.connected();
    client.socket.terminate();
    expect((await disconnectOf(client.id, fixture.sink)).requestContext).toMatchObject({ disconnectStatusCode: 1006 });
  });

  it('W6: comes for a client that has left while $connect was at it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    fixture.sink.answer = async ({ requestContext }) => {
      if (requestContext.eventType === 'CONNECT') await promise;
      return { statusCode: 200 };
    };
    const seen = fixture.sink.events.length;
    const left = new AbortController();
    const attempt = fixture.connect('/live', { signal: left.signal } as object);
    const { requestContext } = (await fixture.sink.until((events) => events.length > seen)).at(-1);
    left.abort();
    await expect(attempt).rejects.toThrow();
    resolve();
    await disconnectOf(requestContext.connectionId, fixture.sink);
    expect((await command(fixture.endpoint, 'GET', requestContext.connectionId)).status).toBe(410);
  });

  it("W6: what it answers is nobody's concern", async () => {
    fixture.sink.answer = ({ requestContext }) => {
      if (requestContext.eventType === 'DISCONNECT') throw new Error('no matter');
      return { statusCode: 200 };
    };
    const client = await fixture.connected();
    client.socket.close();
    await disconnectOf(client.id, fixture.sink);
    expect((await fixture.connect()).socket.readyState).toBe(1);
  });
});

describe('the end of the host', () => {
  it('W6: closes connections with 1001, and $disconnect is still told; a second start works', async () => {
    for (const _ of ['first', 'second']) {
      const host = await webSocketFixture();
      const client = await host.connected();
      const told = disconnectOf(client.id, host.sink);
      await host.host.stop();
      expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
      expect((await told).requestContext).toMatchObject({ disconnectStatusCode: 1001 });
      await host.sink.stop();
    }
  });

  it('is not held up by a client that does not answer the close frame', async () => {
    const host = await hostFixture({
      Fn: nodeFunction('export const handler = async () => ({ statusCode: 200 });'),
      ...webSocketTemplate({ $default: 'Fn' }),
    });
    const client = await connect(host.url);
    client.socket.pause();
    const began = performance.now();
    await host.stop();
    expect(performance.now() - began).toBeLessThan(5000);
    client.socket.terminate();
  });
});
