// Messages: which route they take, what it gets, what comes back, in which order (W3–W5).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from './event-sink.ts';
import { nodeFunction } from './fixture.ts';
import { type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

const waiting = nodeFunction('export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));');

let fixture: WebSocketFixture;
let bare: WebSocketFixture;
beforeAll(async () => {
  const routes = {
    $connect: {},
    $default: {},
    $disconnect: {},
    ask: { responds: true },
    tell: {},
    slow: { to: 'Waiting', integration: { TimeoutInMillis: 60 } },
  };
  fixture = await webSocketFixture(routes, { resources: { Waiting: waiting } });
  bare = await webSocketFixture({ tell: {} });
});
beforeEach(() => {
  fixture.sink.answer = () => ({ statusCode: 200 });
});
afterAll(() => Promise.all([fixture.stop(), bare.stop()]));

/** The event that a message becomes. */
async function eventOf(message: string): Promise<Event> {
  const client = await fixture.connected();
  const isIt = ({ body }: Event) => body === message;
  const before = fixture.sink.events.filter(isIt).length;
  client.socket.send(message);
  return (await fixture.sink.until((events) => events.filter(isIt).length > before)).findLast(isIt);
}

describe('routes', () => {
  it.each([
    ['{"action":"tell"}', 'tell'],
    ['{"action":"Tell"}', '$default'],
    ['{"action":["tell"]}', '$default'],
    ['{"action":"$disconnect"}', '$default'],
    ['{"action":"__proto__"}', '$default'],
    ['{"other":1}', '$default'],
    ['null', '$default'],
    ['tell', '$default'],
    ['{"action":"tell"', '$default'],
  ])('W3: %s takes the route %s', async (message, routeKey) => {
    expect((await eventOf(message)).requestContext).toMatchObject({ routeKey, eventType: 'MESSAGE' });
  });

  it('W3: the client is told where no route fits', async () => {
    const client = await bare.connect();
    client.socket.send('{"action":"ask"}');
    expect(await client.next()).toEqual({ message: 'Forbidden', connectionId: expect.any(String), requestId: expect.any(String) });
    expect(bare.sink.events).toEqual([]);
  });

  it('W3: the expression may go deeper', async () => {
    const nested = await webSocketFixture({ go: {} }, { resources: {} });
    await nested.stop();
  });
});

describe('events', () => {
  it('W4: have the message and its own ids, but no headers', async () => {
    const message = JSON.stringify({ action: 'tell', text: 'grüße 🙂' });
    const event = await eventOf(message);
    expect(Object.keys(event).sort()).toEqual(['body', 'isBase64Encoded', 'requestContext']);
    const connect = fixture.sink.events.findLast(({ requestContext }) => requestContext.eventType === 'CONNECT');
    expect(event.requestContext).toMatchObject({
      connectionId: connect.requestContext.connectionId,
      connectedAt: connect.requestContext.connectedAt,
      messageId: expect.stringMatching(/^[\w-]{15}=$/),
      messageDirection: 'IN',
    });
    expect(event.requestContext.messageId).not.toBe(event.requestContext.connectionId);
    expect(event.requestContext.requestId).not.toBe(connect.requestContext.requestId);
  });

  it('W4: come in the order in which a connection sends them, and do not wait for each other', async () => {
    const { promise: allAreThere, resolve } = Promise.withResolvers<void>();
    fixture.sink.answer = async ({ body }) => {
      if (body !== undefined) await allAreThere;
      return { statusCode: 200 };
    };
    const client = await fixture.connected();
    const mine = (events: readonly Event[]) => events.filter((event) => event.body && event.requestContext.connectionId === client.id);
    for (const n of [1, 2, 3, 4]) client.socket.send(String(n));
    await fixture.sink.until((events) => mine(events).length === 4);
    resolve();
    expect(
      mine(fixture.sink.events)
        .map(({ body }) => body)
        .sort(),
    ).toEqual(['1', '2', '3', '4']);
  });
});

describe('answers', () => {
  it('W5: the body goes to the client only where the route has a response', async () => {
    fixture.sink.answer = ({ requestContext: { routeKey } }) => ({ statusCode: 200, body: JSON.stringify(routeKey) });
    const client = await fixture.connected();
    for (const message of ['{"action":"tell"}', 'anything', '{"action":"ask"}']) client.socket.send(message);
    expect(await client.next()).toBe('ask');
    await fixture.sink.until(
      (events) => events.filter(({ body, requestContext }) => body && requestContext.connectionId === client.id).length === 3,
    );
    expect(client.received).toEqual(['"ask"']);
  });

  it.each(['tell', 'ask'])(
    'W5: a function that throws or answers nothing at the route %s is told to the client, without its words',
    async (action) => {
      const client = await fixture.connected();
      const failure = { message: 'Internal server error', connectionId: client.id, requestId: expect.stringMatching(/^[\da-f-]{36}$/) };
      fixture.sink.answer = () => Promise.reject(new Error('secret'));
      client.socket.send(JSON.stringify({ action }));
      expect(await client.next()).toEqual(failure);
      fixture.sink.answer = () => undefined;
      client.socket.send(JSON.stringify({ action }));
      expect(await client.next()).toEqual(failure);
    },
  );

  it('W8: an integration that takes too long is told to the client', async () => {
    const client = await fixture.connected();
    client.socket.send('{"action":"slow"}');
    expect(await client.next()).toMatchObject({ message: 'Endpoint request timed out', connectionId: client.id });
  });
});
