// The age of a queue's oldest message, from what LocalStack 4.14.0 answers to a look into the queue.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oldestMessageAge } from '../../local/emulator/queue-age.ts';

const message = (sentMs: number) => ({
  MessageId: '4cf7dfc7-c626-4158-ba11-3ef417cdb6f0',
  Body: 'a',
  Attribute: [
    { Name: 'SenderId', Value: '000000000000' },
    { Name: 'SentTimestamp', Value: String(sentMs) },
    { Name: 'IsVisible', Value: 'true' },
  ],
  ReceiptHandle: 'SQS/BACKDOOR/ACCESS',
});

const queues: Readonly<Record<string, unknown>> = {
  several: [message(Date.now() - 5_000), message(Date.now() - 60_000)],
  one: message(Date.now() - 30_000),
  none: undefined,
};

let server: Server;
let endpoint: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://x').searchParams;
    const [, region, account, name = ''] = new URL(asked.get('QueueUrl') ?? '').pathname.slice(1).split('/');
    const known = region === 'eu-west-1' && account === '000000000000' && name in queues && asked.get('ShowInvisible') === 'true';
    if (!known) return void response.writeHead(400).end('{"Error":"QueueDoesNotExist"}');
    const Message = queues[name];
    const ReceiveMessageResult = Message === undefined ? null : { Message };
    response.end(JSON.stringify({ ReceiveMessageResponse: { ReceiveMessageResult, ResponseMetadata: { RequestId: 'x' } } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const age = (name: string) => oldestMessageAge(endpoint, 'eu-west-1', name);

test('is that of the oldest, also of those that are in flight', async () => {
  expect(await age('several')).toBeCloseTo(60, 0);
  expect(await age('one')).toBeCloseTo(30, 0);
});

test('there is none where the queue is empty or unknown', async () => {
  expect(await age('none')).toBeUndefined();
  expect(await age('nobody')).toBeUndefined();
});
