// Function URLs: the address and the event (U1–U4).
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { eventSink } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { echo, urlOf } from './function-url-fixture.ts';
import { send } from './raw-http.ts';

let fixture: FixtureHost;
const address = () => fixture.attribute('EchoUrl', 'FunctionUrl');

beforeAll(async () => {
  fixture = await hostFixture({
    Echo: echo,
    EchoUrl: urlOf('Echo', { InvokeMode: 'BUFFERED' }),
    EchoPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunctionUrl',
        FunctionName: { 'Fn::GetAtt': ['Echo', 'Arn'] },
        FunctionUrlAuthType: 'NONE',
        Principal: '*',
      },
    },
  });
});
afterAll(() => fixture?.stop());

async function echoed(path: string, options: Parameters<typeof send>[2] = {}) {
  const { status, body } = await send(address(), path, options);
  expect(status).toBe(200);
  return JSON.parse(body);
}

test('U1: a function has an address that ends in a slash, and gets every method and path there', async () => {
  expect(address()).toMatch(/^https?:\/\/[^/]+\/$/);
  expect(fixture.attribute('EchoUrl', 'FunctionArn')).toBe(fixture.attribute('Echo', 'Arn'));
  expect(fixture.ref('EchoUrl')).toBe(fixture.attribute('Echo', 'Arn'));
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    expect((await echoed('/a/b', { method })).requestContext.http).toMatchObject({ method, path: '/a/b' });
  }
  const head = await send(address(), '/', { method: 'HEAD' });
  expect([head.status, head.body, Number(head.headers['content-length']) > 0]).toEqual([200, '', true]);
});

test('U1: the address outlives a restart, and moves only when its port is taken', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-rules-data-'));
  const addressOnce = async () => {
    const host = await hostFixture({ Echo: echo, EchoUrl: urlOf('Echo') }, { dataDir });
    const url = host.attribute('EchoUrl', 'FunctionUrl');
    expect((await fetch(url)).status).toBe(200);
    await host.stop();
    return url;
  };
  const first = await addressOnce();
  expect(await addressOnce()).toBe(first);

  const squatter = createServer().listen(Number(new URL(first).port), '127.0.0.1');
  expect(await addressOnce()).not.toBe(first);
  squatter.close();
  rmSync(dataDir, { recursive: true });
});

test('U1: a stop takes no more requests, and finishes what is in flight', async () => {
  const sink = await eventSink();
  const host = await hostFixture({ Slow: nodeFunction(sink.source), SlowUrl: urlOf('Slow') });
  const url = host.attribute('SlowUrl', 'FunctionUrl');
  const release = Promise.withResolvers<string>();
  sink.answer = () => release.promise;
  const inFlight = fetch(url);
  await sink.until((events) => events.length === 1);

  const stopped = host.stop();
  await eventually(() => fetch(url, { headers: { connection: 'close' } }).then(undefined, () => true));
  release.resolve('done');

  expect(await (await inFlight).text()).toBe('done');
  await stopped;
  await sink.stop();
});

test.for([
  [{ AuthType: 'AWS_IAM' }, 'signatures are not checked here'],
  [{ InvokeMode: 'RESPONSE_STREAM' }, 'only BUFFERED'],
  [{ Cors: { AllowOrigins: ['*'] } }, 'property Cors of AWS::Lambda::Url is not supported'],
] as const)('U1: %j is refused', async ([properties, reason]) => {
  await expect(hostFixture({ Echo: echo, EchoUrl: urlOf('Echo', properties) })).rejects.toThrow(reason);
});

test('U2: the event is payload format 2.0, without what the request does not have', async () => {
  const { host } = new URL(address());
  const event = await echoed('/my/path', { headers: ['User-Agent', 'agent'] });
  const { time, timeEpoch, requestId, apiId, ...context } = event.requestContext;

  expect(Object.keys(event)).toEqual(['version', 'routeKey', 'rawPath', 'rawQueryString', 'headers', 'requestContext', 'isBase64Encoded']);
  expect(event).toMatchObject({ version: '2.0', routeKey: '$default', rawPath: '/my/path', rawQueryString: '', isBase64Encoded: false });
  expect(context).toEqual({
    accountId: 'anonymous',
    domainName: host,
    domainPrefix: apiId,
    http: { method: 'GET', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: fixture.clientAddress, userAgent: 'agent' },
    routeKey: '$default',
    stage: '$default',
  });
  expect(apiId).toMatch(/^[a-z0-9]{24}$/);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect(Math.abs(timeEpoch - Date.now())).toBeLessThan(10_000);
});

test('U3: header names are lower case and several values one text; cookies are a list; the query is there raw and decoded', async () => {
  const { headers, cookies, ...event } = await echoed('/a%20b/?p=1&p=2&q=a%2Cb+c&r', {
    headers: [
      'X-Twice',
      'one',
      'x-twice',
      'two',
      'ExTrA',
      'With WeiRd CapS',
      'Cookie',
      'a=1; b=2',
      'cookie',
      'c=3',
      'X-Forwarded-For',
      '1.2.3.4',
    ],
  });
  const secure = address().startsWith('https:');
  expect(event).toMatchObject({
    rawPath: '/a%20b/',
    rawQueryString: 'p=1&p=2&q=a%2Cb+c&r',
    queryStringParameters: { p: '1,2', q: 'a,b c', r: '' },
  });
  expect(cookies).toEqual(['a=1', 'b=2', 'c=3']);
  expect(headers).toEqual({
    host: new URL(address()).host,
    'x-twice': 'one,two',
    extra: 'With WeiRd CapS',
    'x-amzn-trace-id': expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/),
    'x-forwarded-for': `1.2.3.4,${fixture.clientAddress}`,
    'x-forwarded-port': secure ? '443' : new URL(address()).port,
    'x-forwarded-proto': secure ? 'https' : 'http',
  });
});

test.for([
  ['text/plain', false],
  ['application/json; charset=utf-8', false],
  ['application/xml', false],
  ['Application/JavaScript', false],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=x', true],
  ['image/png', true],
  [undefined, true],
] as const)('U4: a body of the type %s is in base64: %s', async ([type, encoded]) => {
  const bytes = Buffer.from('{"ä":1}');
  const { body, isBase64Encoded, headers } = await echoed('/', {
    method: 'POST',
    headers: type === undefined ? [] : ['Content-Type', type],
    body: bytes,
  });
  expect([isBase64Encoded, body]).toEqual([encoded, bytes.toString(encoded ? 'base64' : 'utf8')]);
  expect(headers['content-length']).toBe(String(bytes.length));
});
