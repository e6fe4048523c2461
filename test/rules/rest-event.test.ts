// What a function behind a REST API gets (R1–R4).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FixtureHost, hostFixture } from './fixture.ts';
import { message, send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';

/** That of this machine and that of a deployed API. */
const CLOCKS_DIFFER_MS = 2_000;

let fixture: FixtureHost;
beforeAll(async () => {
  fixture = await hostFixture({
    Echo: echo,
    ...restApiTemplate({ 'ANY /things/{id}': 'Echo', 'ANY /': 'Echo', 'GET /all/{proxy+}': 'Echo' }),
  });
});
afterAll(() => fixture.stop());

// biome-ignore lint/suspicious/noExplicitAny: an event as JSON
const eventOf = async (path: string, options?: Parameters<typeof send>[2]): Promise<any> =>
  JSON.parse((await send(fixture.url, path, options)).body);

describe('the proxy event', () => {
  it('R1: has these keys, and null for an absent map or body', async () => {
    const event = await eventOf('/');
    expect(Object.keys(event).sort()).toEqual(
      ['resource', 'path', 'httpMethod', 'headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters']
        .concat(['pathParameters', 'stageVariables', 'requestContext', 'body', 'isBase64Encoded'])
        .sort(),
    );
    expect(event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
    });
    expect(event).toMatchObject({ body: null, isBase64Encoded: false, resource: '/', path: '/' });
  });

  it('R1: carries a body as text', async () => {
    const event = await eventOf('/things/7', { method: 'POST', body: '{"grüße":1}' });
    expect(event).toMatchObject({
      body: '{"grüße":1}',
      isBase64Encoded: false,
      httpMethod: 'POST',
      resource: '/things/{id}',
      pathParameters: { id: '7' },
    });
  });

  it('R2: has a request context with the stage in its path and twelve identity keys', async () => {
    const { requestContext } = await eventOf('/things/7', { headers: ['User-Agent', 'rules/1'] });
    const { identity, ...context } = requestContext;
    expect(Object.keys(identity)).toHaveLength(12);
    expect(Object.values(identity).filter((value) => value !== null)).toHaveLength(2);
    expect(identity).toMatchObject({ sourceIp: fixture.clientAddress, userAgent: 'rules/1' });
    const apiId = fixture.ref('Api');
    expect(context).toMatchObject({ accountId: fixture.account, apiId, domainPrefix: apiId });
    expect(context).toMatchObject({
      path: '/live/things/7',
      resourcePath: '/things/{id}',
      stage: 'live',
      httpMethod: 'GET',
      protocol: 'HTTP/1.1',
    });
    expect(context.deploymentId).toBe(fixture.ref('Deployment'));
    expect(context.resourceId).toBe(fixture.ref('Resourcex47thingsx47x123idx125'));
    expect(context.requestId).toMatch(/^[\da-f-]{36}$/);
  });

  it('R2: has an extended request id in base64', async () => {
    expect((await eventOf('/')).requestContext.extendedRequestId).toMatch(/=$/);
  });

  it('R2: tells the time of the request in milliseconds', async () => {
    const before = Date.now();
    const { requestTimeEpoch } = (await eventOf('/')).requestContext;
    expect(requestTimeEpoch).toBeGreaterThanOrEqual(before - CLOCKS_DIFFER_MS);
    expect(requestTimeEpoch).toBeLessThanOrEqual(Date.now() + CLOCKS_DIFFER_MS);
  });

  it('R2: tells it as a log does, with its zone', async () => {
    expect((await eventOf('/')).requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it('R2: names the domain by which AWS knows the API', async () => {
    const { requestContext } = await eventOf('/');
    expect(requestContext.domainName).toBe(`${fixture.ref('Api')}.execute-api.${fixture.region}.amazonaws.com`);
  });

  it('R3: keeps header case, but for the two that AWS capitalises, and leaves connection headers out', async () => {
    const { headers } = await eventOf('/things/7', {
      method: 'POST',
      body: 'x',
      headers: ['X-CamelCase', 'a', 'lower-case', 'b', 'authorization', 'secret', 'user-agent', 'rules/1', 'Connection', 'keep-alive'],
    });
    expect(headers).toMatchObject({ 'X-CamelCase': 'a', 'lower-case': 'b', Authorization: 'secret', 'User-Agent': 'rules/1' });
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    expect(names).not.toContain('content-length');
    expect(names).not.toContain('connection');
  });

  it('R3: gives the last of duplicate headers, and all of them in multiValueHeaders', async () => {
    const event = await eventOf('/things/7', { headers: ['X-Twice', 'one', 'X-Twice', 'two', '__proto__', 'kept'] });
    expect(event.headers['X-Twice']).toBe('two');
    expect(event.multiValueHeaders['X-Twice']).toEqual(['one', 'two']);
    expect(Object.entries(event.headers)).toContainEqual(['__proto__', 'kept']);
  });

  it('R3: says who sent the request, after those who forwarded it', async () => {
    const { headers } = await eventOf('/', { headers: ['x-forwarded-for', '10.1.2.3', 'X-Forwarded-Proto', 'gopher'] });
    const secure = fixture.url.startsWith('https:');
    expect(headers).toMatchObject({
      'X-Forwarded-For': `10.1.2.3, ${fixture.clientAddress}`,
      'X-Forwarded-Proto': secure ? 'https' : 'http',
      'X-Forwarded-Port': secure ? '443' : new URL(fixture.url).port,
    });
    expect(headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);
  });

  it('R4: decodes query values, and the last one wins in the single map', async () => {
    const event = await eventOf('/?a=1&a=2&b=x%2By+z&c&%C3%BC=%E2%82%AC');
    expect(event.queryStringParameters).toEqual({ a: '2', b: 'x+y z', c: '', ü: '€' });
    expect(event.multiValueQueryStringParameters).toEqual({ a: ['1', '2'], b: ['x+y z'], c: [''], ü: ['€'] });
  });

  it('R4: leaves path and path parameters URL-encoded, as they were sent', async () => {
    const event = await eventOf('/things/test%2Balias@example.com%20x');
    expect(event.path).toBe('/things/test%2Balias@example.com%20x');
    expect(event.pathParameters).toEqual({ id: 'test%2Balias@example.com%20x' });
  });

  it('R4: refuses a path that cannot be decoded with a 400', async () => {
    for (const path of ['/things/%zz', '/things/%', '/all/a/%E0%A4%A']) {
      expect(await send(fixture.url, path)).toMatchObject({ status: 400, body: message('Bad Request') });
    }
  });
});
