// What CodeDeploy's hook says of a new version: against HTTP servers that answer as CodeDeploy and Lambda do.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { releaseCheck } from '../../functions/operations/release/check.ts';

const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook-1' };
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const appSpec = (name: string) =>
  JSON.stringify({
    version: 0,
    Resources: [
      { api: { Type: 'AWS::Lambda::Function', Properties: { Name: name, Alias: 'live', CurrentVersion: '6', TargetVersion: '7' } } },
    ],
  });

let server: Server;
let revision: object;
/** Lambda's answer: a function error, and the payload. */
let answer: { error?: string; payload: unknown };
let calls: { path: string; body: unknown }[];

beforeEach(async () => {
  revision = { revisionType: 'String', string: { content: appSpec('stackyard-prod-orders-api') } };
  answer = { payload: { statusCode: 400, body: 'Order: release-probe not found!' } };
  calls = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
    const target = String(request.headers['x-amz-target'] ?? request.url)
      .split('.')
      .at(-1) as string;
    calls.push({ path: target, body });
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (target === 'GetDeployment')
      response.end(
        JSON.stringify({
          deploymentInfo: { applicationName: 'stackyard-prod', revision: { revisionType: 'String', string: { sha256: 'x' } } },
        }),
      );
    else if (target === 'GetApplicationRevision') response.end(JSON.stringify({ revision }));
    else if (target === 'PutLifecycleEventHookExecutionStatus') response.end('{}');
    else {
      if (answer.error) response.setHeader('x-amz-function-error', answer.error);
      response.end(JSON.stringify(answer.payload));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => server.close());

async function said(): Promise<unknown> {
  const client = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
  };
  const probes = new Map([['stackyard-prod-orders-api', { httpMethod: 'GET' }]]);
  await releaseCheck({ codeDeploy: new CodeDeployClient(client), lambda: new LambdaClient(client), probes })(EVENT);
  const told = calls.filter(({ path }) => path === 'PutLifecycleEventHookExecutionStatus').map(({ body }) => body);
  expect(told).toHaveLength(1);
  return (told[0] as { status: string }).status;
}

test('a version that answers its probe gets traffic; exactly that version is asked', async () => {
  expect(await said()).toBe('Succeeded');
  expect(calls).toContainEqual({
    path: '/2015-03-31/functions/stackyard-prod-orders-api/invocations?Qualifier=7',
    body: { httpMethod: 'GET' },
  });
  expect(calls.at(-1)?.body).toEqual({ deploymentId: 'd-1', lifecycleEventHookExecutionId: 'hook-1', status: 'Succeeded' });
});

test('an answer that is none to a request is right too', async () => {
  answer = { payload: null };
  expect(await said()).toBe('Succeeded');
});

test.each<[string, () => void]>([
  ['fails', () => (answer = { error: 'Unhandled', payload: { errorType: 'Runtime.ImportModuleError' } })],
  ['answers 500', () => (answer = { payload: { statusCode: 500, body: '{}' } })],
  ['answers an error of its own with 400', () => (answer = { payload: { statusCode: 400, body: 'DB error' } })],
  ['answers 503', () => (answer = { payload: { statusCode: '503', body: '{}' } })],
  ['has no probe', () => (revision = { revisionType: 'String', string: { content: appSpec('stackyard-prod-unknown') } })],
  ['has no AppSpec', () => (revision = { revisionType: 'S3' })],
  ['has an AppSpec of another kind', () => (revision = { revisionType: 'String', string: { content: '{"Resources":"none"}' } })],
])('a version that %s gets none, and CodeDeploy is told so', async (_, given) => {
  given();
  expect(await said()).toBe('Failed');
});
