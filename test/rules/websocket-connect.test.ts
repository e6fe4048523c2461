// The handshake and `$connect` (W1, W2, W4).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { send } from './raw-http.ts';
import { connect } from './websocket-client.ts';
import { command, type WebSocketFixture, webSocketFixture } from './websocket-fixture.ts';

let fixture: WebSocketFixture;
beforeAll(async () => {
  fixture = await webSocketFixture();
});
beforeEach(() => {
  fixture.sink.answer = () => ({ statusCode: 200 });
});
afterAll(() => fixture.stop());

describe('$connect', () => {
  it('W1: the handshake is answered after the function', async () => {
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    fixture.sink.answer = async () => {
      await promise;
      order.push('function');
      return { statusCode: 200 };
    };
    const seen = fixture.sink.events.length;
    const opened = fixture.connect().then(() => order.push('open'));
    await fixture.sink.until((events) => events.length > seen);
    expect(order).toEqual([]);
    resolve();
    await opened;
    expect(order).toEqual(['function', 'open']);
  });

  it.each([401, 403, 400, 500, 302])('W1: the status %i of the function is the answer to the handshake', async (statusCode) => {
    fixture.sink.answer = () => ({ statusCode });
    await expect(fixture.connect()).rejects.toThrow(`Unexpected server response: ${statusCode}`);
  });

  it('W1: a function that throws, or answers what is no answer, is a 502', async () => {
    fixture.sink.answer = () => Promise.reject(new Error('secret'));
    await expect(fixture.connect()).rejects.toThrow('Unexpected server response: 502');
    fixture.sink.answer = () => null;
    await expect(fixture.connect()).rejects.toThrow('Unexpected server response: 502');
  });

  it('W1: chooses the subprotocol; without its choice there is none', async () => {
    fixture.sink.answer = () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'b' } });
    expect((await fixture.connect('/live', { protocols: ['a', 'b'] })).socket.protocol).toBe('b');
    fixture.sink.answer = () => ({ statusCode: 200 });
    await expect(fixture.connect('/live', { protocols: ['a', 'b'] })).rejects.toThrow('Server sent no subprotocol');
  });

  it('W2: a post from inside of $connect is a 410, one afterwards arrives', async () => {
    const statuses: number[] = [];
    fixture.sink.answer = async ({ requestContext: { eventType, connectionId } }) => {
      if (eventType === 'CONNECT') statuses.push((await command(fixture.endpoint, 'POST', connectionId, 'early')).status);
      return { statusCode: 200 };
    };
    const client = await fixture.connected();
    expect(statuses).toEqual([410]);
    expect((await command(fixture.endpoint, 'POST', client.id, '"now"')).status).toBe(200);
    expect(await client.next()).toBe('now');
    expect(client.received).toHaveLength(1);
  });

  it('W4: gets headers and query of the handshake, and who connects', async () => {
    await fixture.connect('/live?a=1&a=2&b=x%2By', { headers: { 'User-Agent': 'tests', 'X-Own': 'own' } });
    const { requestContext, ...event } = fixture.sink.events.at(-1);
    expect(event).toMatchObject({
      headers: { 'X-Own': 'own', 'User-Agent': 'tests', 'Sec-WebSocket-Version': '13', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-Own': ['own'] },
      queryStringParameters: { a: '2', b: 'x+y' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x+y'] },
      isBase64Encoded: false,
    });
    expect(Object.keys(event.headers).map((name) => name.toLowerCase())).not.toEqual(expect.arrayContaining(['upgrade']));
    expect(requestContext).toEqual({
      routeKey: '$connect',
      eventType: 'CONNECT',
      extendedRequestId: expect.any(String),
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      messageDirection: 'IN',
      stage: 'live',
      connectedAt: expect.any(Number),
      requestTimeEpoch: expect.any(Number),
      identity: { sourceIp: '127.0.0.1', userAgent: 'tests' },
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      domainName: `${fixture.host.ref('Socket')}.execute-api.us-east-1.amazonaws.com`,
      connectionId: expect.stringMatching(/^[\w-]{15}=$/),
      apiId: fixture.host.ref('Socket'),
    });
  });

  it('W4: has no query keys without a query', async () => {
    await fixture.connect();
    expect(Object.keys(fixture.sink.events.at(-1)).sort()).toEqual(['headers', 'isBase64Encoded', 'multiValueHeaders', 'requestContext']);
  });
});

describe('the handshake', () => {
  it('W1: without a $connect route it just connects', async () => {
    const bare = await webSocketFixture({ $default: {} });
    try {
      expect((await bare.connect()).socket.readyState).toBe(1);
      expect(bare.sink.events).toEqual([]);
    } finally {
      await bare.stop();
    }
  });

  it('W1: another path than that of a stage is refused, and no function hears of it', async () => {
    const seen = fixture.sink.events.length;
    for (const path of ['/other', '/', '/live/more'])
      await expect(fixture.connect(path)).rejects.toThrow('Unexpected server response: 403');
    expect(fixture.sink.events).toHaveLength(seen);
  });

  it('W1: a plain request is refused', async () => {
    expect(await send(fixture.host.url, '/live')).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  it('answers at the path forms of LocalStack, too', async () => {
    const id = fixture.host.ref('Socket');
    const client = await connect(fixture.host.url, `/_aws/execute-api/${id}/live`);
    expect(client.socket.readyState).toBe(1);
  });
});
