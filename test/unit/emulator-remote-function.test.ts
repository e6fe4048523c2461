// A function of an emulator answers, fails and is throttled as one of this host's.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remoteFunction } from '../../local/emulator/remote-function.ts';
import { type LambdaFunction, TooManyRequests } from '../../local/lambda/registry.ts';

let server: Server;
let client: LambdaClient;
const invocations: { type: string | string[] | undefined; payload: string }[] = [];

/** What Lambda's API answers to functions of these names. */
const answers: Readonly<Record<string, { status: number; headers: Record<string, string>; body: string }>> = {
  fine: { status: 200, headers: { 'x-amzn-requestid': 'r-1' }, body: '{"grüße":1}' },
  broken: { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: '{"errorType":"Oops"}' },
  busy: { status: 429, headers: { 'x-amzn-errortype': 'TooManyRequestsException' }, body: '{"Type":"User","message":"Rate Exceeded."}' },
  gone: { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{"Message":"Function not found"}' },
};

beforeAll(async () => {
  server = createServer(async (request: IncomingMessage, response) => {
    invocations.push({ type: request.headers['x-amz-invocation-type'], payload: await text(request) });
    const { status, headers, body } = answers[request.url?.split('/')[3] ?? ''] ?? { status: 500, headers: {}, body: '' };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterAll(() => {
  client.destroy();
  server.close();
  server.closeAllConnections();
});

const named = (name: string): LambdaFunction =>
  remoteFunction(client, { FunctionName: name, FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`, Timeout: 7 });

test('is known by name, ARN and time-out', () => {
  expect(named('fine').definition).toMatchObject({
    name: 'fine',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:fine',
    timeoutSeconds: 7,
  });
});

test('gives what the function answered, under the request id', async () => {
  expect(await named('fine').invoke('{"a":1}')).toEqual({ requestId: 'r-1', payload: '{"grüße":1}' });
  expect(invocations.at(-1)).toEqual({ type: 'RequestResponse', payload: '{"a":1}' });
});

test('tells a failed function from one that answered', async () => {
  expect(await named('broken').invoke('{}')).toMatchObject({ functionError: 'Unhandled', payload: '{"errorType":"Oops"}' });
});

test('hands an asynchronous event over', async () => {
  await named('fine').invokeAsync('{"b":2}');
  expect(invocations.at(-1)).toEqual({ type: 'Event', payload: '{"b":2}' });
});

test('is throttled as the host’s own, and fails where there is no such function', async () => {
  await expect(named('busy').invoke('{}')).rejects.toBeInstanceOf(TooManyRequests);
  await expect(named('gone').invoke('{}')).rejects.toThrow('Function not found');
});
