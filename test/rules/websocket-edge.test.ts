// WebSocket APIs behind a distribution, or beside a REST API: who gets which upgrade.
import { connect as dial } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distributionTemplate, edgeFunction } from './distribution-template.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { exchange, send } from './raw-http.ts';
import { echo, restApiTemplate } from './rest-template.ts';
import { connect } from './websocket-client.ts';
import { webSocketTemplate } from './websocket-template.ts';

const headersOfConnect = nodeFunction(`const connected = {};
export const handler = async ({ headers, requestContext: { connectionId } }) => {
  connected[connectionId] ??= headers;
  return { statusCode: 200, body: JSON.stringify(connected[connectionId]) };
};`);
const socketApi = {
  Socketed: headersOfConnect,
  ...webSocketTemplate({ $connect: 'Socketed', $default: { to: 'Socketed', responds: true } }),
};

/** Leads `/named` to the API, and tells it by which name the client came; answers and fails where it is asked to. */
const namesHost = `function handler(event) {
  const request = event.request;
  if (request.querystring.refused) return { statusCode: 401, statusDescription: 'Unauthorized', headers: { 'x-why': { value: 'asked' } } };
  if (request.querystring.failing) throw new Error('asked');
  request.uri = '/live';
  request.headers['x-viewer-host'] = { value: request.headers.host.value };
  return request;
}`;

/** The usual distribution with behaviours for the WebSocket API: `/live*`, and `/named*` with a function before it. */
function edgeTemplate() {
  const template = distributionTemplate();
  const { Properties } = template.Edge as unknown as { Properties: { DistributionConfig: Record<string, object[]> } };
  const { Origins = [], CacheBehaviors = [] } = Properties.DistributionConfig;
  const domain = { 'Fn::Join': ['', [{ Ref: 'Socket' }, '.execute-api.us-east-1.amazonaws.com']] };
  Origins.push({ Id: 'socket', DomainName: domain, CustomOriginConfig: {} });
  const FunctionAssociations = [{ EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['NamesHost', 'FunctionARN'] } }];
  CacheBehaviors.push(
    { ...CacheBehaviors[0], TargetOriginId: 'socket', PathPattern: '/live*' },
    { ...CacheBehaviors[0], TargetOriginId: 'socket', PathPattern: '/named*', FunctionAssociations },
  );
  return { ...template, ...socketApi, NamesHost: edgeFunction('names-host', namesHost) };
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

it('an upgrade passes the function before its behaviour, whose word on a header is the last', async () => {
  const client = await connect(edge.url, '/named', { headers: { 'X-Viewer-Host': 'forged.example' } });
  client.socket.send('who am I?');
  const headers = (await client.next()) as Record<string, string>;
  expect(headers).toMatchObject({ 'x-viewer-host': new URL(edge.url).host });
  expect(Object.values(headers)).not.toContain('forged.example');
});

it('the function before a behaviour may answer an upgrade by itself, or fail it; the connection ends', async () => {
  const upgrade = (query: string) =>
    `GET /named?${query}=1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'a'.repeat(22)}==\r\n\r\n`;
  const refused = await untilClosed(edge.url, upgrade('refused'));
  expect(refused).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
  expect(refused).toContain('\r\nx-why: asked\r\n');
  expect(await untilClosed(edge.url, upgrade('failing'))).toMatch(/^HTTP\/1\.1 503 /);
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

/** All that is answered on a connection, which the other side closes. */
async function untilClosed(url: string, bytes: string): Promise<string> {
  const socket = dial(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}
