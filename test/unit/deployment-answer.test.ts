// What a custom resource of ours tells CloudFormation.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, expect, test, vi } from 'vitest';
import { deployStep } from '../../functions/shared/custom-resource.ts';
import { log } from '../../functions/shared/logging.ts';

interface Told {
  readonly type: string | undefined;
  readonly answer: unknown;
}

const told: Told[] = [];
const server = createServer(async (request, response) => {
  told.push({ type: request.headers['content-type'], answer: await json(request) });
  response.end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());

const event = (RequestType: string) =>
  ({
    RequestType,
    ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Step',
    ResourceProperties: { ServiceToken: 'arn' },
  }) as CloudFormationCustomResourceEvent;

const own = { PhysicalResourceId: 'step', StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Step' };

test.each<[what: string, request: string, step: () => Promise<void>, outcome: object]>([
  ['that is done', 'Create', async () => {}, { Status: 'SUCCESS' }],
  ['that fails', 'Update', () => Promise.reject(new Error('no way')), { Status: 'FAILED', Reason: 'Error: no way' }],
  ['whose resource goes', 'Delete', () => Promise.reject(new Error('never asked')), { Status: 'SUCCESS' }],
])('a step %s is told without a type, for which the address was not signed', async (_, request, step, outcome) => {
  vi.spyOn(log, 'error').mockImplementation(() => {});
  await deployStep('step', step)(event(request));
  expect(told.pop()).toEqual({ type: '', answer: { ...outcome, ...own } });
});
