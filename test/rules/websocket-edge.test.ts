// WebSocket APIs behind a distribution, or beside a REST API: who gets which upgrade.
import { connect as dial } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distributionTemplate } from './distribution-template.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { exchange, send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';
import { connect } from './websocket-client.ts';
import { webSocketTemplate } from './websocket-template.ts';

const headersOfConnect = nodeFunction(`let connected;
export const handler = async (event) => {
  connected ??= event.headers;
  return { statusCode: 200, body: JSON.stringify(connected) };
};`);
const socketApi = {
  Socketed: headersOfConnect,
  ...webSocketTemplate({ $connect: 'Socketed', $default: { to: 'Socketed', responds: true } }),
};

/** The usual distribution with a behaviour `/live*` for the WebSocket API. */
function edgeTemplate() {
  const template = distributionTemplate();
  const { Properties } = template.Edge as unknown as { Properties: { DistributionConfig: Record<string, object[]> } };
  const { Origins = [], CacheBehaviors = [] } = Properties.DistributionConfig;
  const domain = { 'Fn::Join': ['', [{ Ref: 'Socket' }, '.execute-api.us-east-1.amazonaws.com']] };
  Origins.push({ Id: 'socket', DomainName: domain, CustomOriginConfig: {} });
  CacheBehaviors.push({ ...CacheBehaviors[0], TargetOriginId: 'socket', PathPattern: '/live*' });
  return { ...template, ...socketApi };
}

let edge: FixtureHost;
let plain: FixtureHost;
beforeAll(async () => {
  const options = { log: () => undefined, eventsPerEnvironment: 16 } as object;
  edge = await hostFixture(edgeTemplate(), options);
  plain = await hostFixture({ Echo: echo, ...restApiTemplate({ 'GET /': 'Echo' }), ...socketApi }, options);
});
afterAll(() => Promise.all([edge.stop(), plain.stop()]));

it('W1: an upgrade at the distribution reaches the API of its behaviour, as CloudFront sends it', async () => {
  const client = await connect(edge.url, '/live?a=1', { headers: { 'X-Own': 'own' } });
  client.socket.send('who am I?');
  expect(await client.next()).toMatchObject({
    Host: `${edge.ref('Socket')}.execute-api.us-east-1.amazonaws.com`,
    'X-Own': 'own',
    'Sec-WebSocket-Version': '13',
  });
});

it('an upgrade at a behaviour whose origin knows none is refused', async () => {
  await expect(connect(edge.url, '/index.html')).rejects.toThrow('Unexpected server response: 400');
});

it('without a distribution, upgrades go to the WebSocket API and requests to the REST API', async () => {
  const client = await connect(plain.url);
  client.socket.send('there?');
  expect(await client.next()).toHaveProperty('Sec-WebSocket-Key');
  expect(await send(plain.url, '/')).toMatchObject({ status: 200 });
});

it('an upgrade that is refused and reset at once ends nothing else', async () => {
  const upgrade = (path: string, host: string) =>
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  const domain = `${plain.ref('Api')}.execute-api.us-east-1.amazonaws.com`;
  expect(await exchange(plain.url, upgrade('/live', domain), '\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
  for (const bytes of [upgrade('/live', domain), upgrade('/none', 'x'), upgrade('/live', 'x')]) {
    const socket = dial(Number(new URL(plain.url).port), '127.0.0.1');
    await new Promise<void>((written) => socket.write(bytes, () => written()));
    socket.resetAndDestroy();
  }
  expect(await send(plain.url, '/')).toMatchObject({ status: 200 });
  expect((await connect(plain.url)).socket.readyState).toBe(1);
});
