// One request is one trace, however many queues and functions it goes through: as a collector is told of it by the running application.
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { type CollectedSpan, type Collector, collector } from '../support/otlp-collector.ts';
import { base64, order, picture } from '../support/pictures.ts';
import { nameOf, treeOf } from './tree.ts';

const CLIENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const traceparent = `00-${CLIENT.traceId}-${CLIENT.spanId}-01`;

let told: Collector;
let app: HostedApp;

beforeAll(async () => {
  told = await collector();
  app = await startApp({ flags: ['--otlp', told.url] });
});

afterAll(async () => {
  await app?.stop();
  await app?.forget();
  await told?.stop();
});

/** The whole trace of the request that was answered so; every span of it names that request. */
async function traceOf(answer: Response, isWhole: (spans: readonly CollectedSpan[]) => boolean): Promise<readonly CollectedSpan[]> {
  const requestId = answer.headers.get('x-request-id');
  const one = await eventually(() => told.spans.find(({ attributes }) => attributes['request.id'] === requestId));
  const spans = await told.traceOf(one.traceId, isWhole);
  expect(new Set(spans.map(({ attributes }) => attributes['request.id']))).toEqual(new Set([requestId]));
  return spans;
}

const names = (spans: readonly CollectedSpan[]) => spans.map(nameOf);

const post = (path: string, init: RequestInit = {}) => fetch(`${app.url}${path}`, { method: 'POST', ...init });
const created = async (path: string) => Object.values((await (await post(path)).json()) as Record<string, string>)[0] ?? '';

async function openOrder(): Promise<string> {
  const user = await created('/payment/create_user');
  await post(`/payment/add_funds/${user}/100`);
  const item = await created('/stock/item/create/5');
  await post(`/stock/add/${item}/10`);
  const order = await created(`/orders/create/${user}`);
  expect((await post(`/orders/addItem/${order}/${item}/2`)).status).toBe(200);
  return order;
}

it('follows a picture from its request over Kafka to its result', async () => {
  const answer = await order(app.url, { image: base64(await picture(80, 60)), width: 20, height: 10 });
  expect(answer.status).toBe(201);

  const spans = await traceOf(answer, (all) => names(all).includes('server pictures/api POST /api') && all.length >= 4);

  expect(treeOf(spans)).toEqual([
    'server pictures/api POST /api',
    '  producer pictures/api send picture-jobs',
    '    consumer pictures/consumer process picture-jobs',
    '      internal pictures/consumer resize',
  ]);
  expect(spans.find(({ kind }) => kind === 'server')?.attributes).toMatchObject({
    'http.request.method': 'POST',
    'http.route': '/api',
    'http.response.status_code': 201,
  });
  for (const kind of ['producer', 'consumer'] as const)
    expect(spans.find((span) => span.kind === kind)?.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': 'picture-jobs',
      'messaging.operation.type': kind === 'producer' ? 'send' : 'process',
    });
});

it('follows a message from its request over both queues to the frames of a listener', async () => {
  const socket = new WebSocket(`${app.url.replace(/^http/, 'ws')}/ws`);
  const heard: string[] = [];
  socket.on('message', (frame) => heard.push(String(frame)));
  await once(socket, 'open');
  socket.send('{"action":"resume","after":0}');
  await eventually(() => heard.some((frame) => frame.includes('"resumed"')));
  const answer = await post('/endpoint', { body: '{"a":1}', headers: { 'content-type': 'application/json' } });
  expect(answer.status).toBe(200);

  const pushes = (all: readonly CollectedSpan[]) => all.filter(({ name }) => name === 'push');
  const spans = await traceOf(answer, (all) => pushes(all).length === 2 && names(all).includes('server messages/api POST /endpoint'));

  expect(treeOf(spans.filter(({ name }) => name !== 'push'))).toEqual([
    'server messages/api POST /endpoint',
    '  producer messages/api send Inbox',
    '    consumer messages/consumer process Inbox',
    '      producer messages/consumer send Pushes',
    '        consumer messages/push process Pushes',
    '    producer messages/api send Pushes',
    '      consumer messages/push process Pushes',
  ]);
  // Receipt and storage are told apart, or both with the storage where that was quicker.
  for (const push of pushes(spans)) {
    expect(nameOf(spans.find(({ spanId }) => spanId === push.parentSpanId) as CollectedSpan)).toBe('consumer messages/push process Pushes');
    expect(push.attributes['push.connections']).toBe(1);
  }
  expect(heard.filter((frame) => frame.includes(answer.headers.get('x-request-id') as string))).toHaveLength(2);
  socket.close();
});

it('follows a checkout through the state machine, which no function waits for', async () => {
  const answer = await post(`/orders/checkout/${await openOrder()}`);
  expect(await answer.text()).toBe('Checkout successful');

  const spans = await traceOf(answer, (all) => all.length >= 4);

  expect(treeOf(spans)).toEqual([
    'server orders/api begin',
    '  server orders/api complete',
    '  server payment/api charge',
    '  server stock/api reserve',
  ]);
});

it('goes on with the trace that a client has begun', async () => {
  const path = `/orders/checkout/${await openOrder()}`;
  expect((await fetch(`${app.url}/healthz`, { headers: { traceparent } })).status).toBe(200);
  expect(await (await post(path, { headers: { traceparent, 'x-request-id': 'of-the-client' } })).text()).toBe('Checkout successful');

  const spans = await told.traceOf(CLIENT.traceId, (all) => all.length >= 5);

  expect(
    spans
      .filter(({ parentSpanId }) => parentSpanId === CLIENT.spanId)
      .map(nameOf)
      .sort(),
  ).toEqual(['server orders/api begin', 'server status/api GET /healthz']);
  expect(spans.filter(({ attributes }) => attributes['request.id'] === 'of-the-client')).toHaveLength(4);
});

it('tells nothing of a trace that its client does not sample', async () => {
  const unsampled = { traceId: '5bf92f3577b34da6a3ce929d0e0e4737', header: '00-5bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-00' };
  const quiet = await fetch(`${app.url}/healthz`, { headers: { traceparent: unsampled.header } });
  expect(quiet.status).toBe(200);
  // Told later by the same function: what came before would have been told by then.
  await traceOf(await fetch(`${app.url}/healthz`), (all) => all.length === 1);
  expect(told.spans.filter(({ traceId }) => traceId === unsampled.traceId)).toEqual([]);
});

it('begins a trace of its own where a client sends none that can be read', async () => {
  const answer = await fetch(`${app.url}/healthz`, { headers: { traceparent: '00-zz-01' } });
  expect(answer.status).toBe(200);
  const [span, ...others] = await traceOf(answer, (all) => all.length > 0);
  expect({ parent: span?.parentSpanId, others }).toEqual({ parent: '', others: [] });
});
