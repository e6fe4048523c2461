// Asking the systems' functions for their gauges, through the AWS SDK and a server that plays Lambda.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectors } from '../../functions/metrics/collectors.ts';
import { inRequest } from '../../functions/shared/request-context.ts';

const GAUGES = [{ name: 'cats', help: 'Cats.', samples: [{ labels: { state: 'asleep' }, value: 2 }] }];
const asked: unknown[] = [];
let server: Server;
let lambda: LambdaClient;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const name = request.url?.split('/')[3];
    asked.push([name, JSON.parse(await text(request))]);
    if (name === 'hangs') return;
    if (name === 'fails') response.setHeader('x-amz-function-error', 'Unhandled');
    const answers: Record<string, unknown> = {
      tells: GAUGES,
      fails: { errorMessage: 'no' },
      lies: [{ name: 'Cats!', help: '', samples: [] }],
    };
    response.end(JSON.stringify(answers[name ?? '']));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  lambda = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});
afterAll(async () => {
  lambda.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const ask = (name: string) => collectors(lambda, { cats: name }).cats?.();

it('gives what a function tells, asked under the scrape’s request id', async () => {
  expect(await inRequest({ requestId: 'r1' }, () => ask('tells'))).toEqual(GAUGES);
  expect(asked.at(-1)).toEqual(['tells', { action: 'gauges', requestId: 'r1' }]);
});

it.each([
  ['fails', /failed to tell its gauges: .*no/],
  ['lies', /"name"/],
  ['hangs', /abort|timeout/i],
])('rejects within its time where the function %s', async (name, reason) => {
  const began = performance.now();
  await expect(ask(name)).rejects.toThrow(reason);
  expect(performance.now() - began).toBeLessThan(4_000);
});
