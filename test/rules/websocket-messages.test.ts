// Messages: which route they take, what it gets, what comes back, in which order (W3–W5).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from './event-sink.ts';
import { nodeFunction } from './fixture.ts';
import { type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

const waiting = nodeFunction('export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));');

/** Answers once eight events are there, with the order in which they came. */
const order = nodeFunction(`const seen = [];
let full;
const all = new Promise((resolve) => { full = resolve; });
export const handler = async ({ body }) => {
  if (seen.push(JSON.parse(body).n) === 8) full();
  await all;
  return { statusCode: 200, body: JSON.stringify(seen) };
};`);

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
  bare = await webSocketFixture(
    { tell: {}, order: { to: 'Order', responds: true } },
    { api: { RouteSelectionExpression: '$request.body.to.action' }, resources: { Order: order }, eventsPerEnvironment: 16 },
  );
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
    const client = await bare.connect();
    client.socket.send('{"to":{"action":"tell"}}');
    const [event] = await bare.sink.until((events) => events.length === 1);
    expect(event.requestContext.routeKey).toBe('tell');
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
    const client = await bare.connect();
    const sent = [1, 2, 3, 4, 5, 6, 7, 8];
    for (const n of sent) client.socket.send(JSON.stringify({ to: { action: 'order' }, n }));
    expect(await client.next()).toEqual(sent);
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
