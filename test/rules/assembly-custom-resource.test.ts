// C1: a custom resource is a conversation between CloudFormation and a function.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-custom-'));
let host: FixtureHost | undefined;

afterEach(async () => {
  await host?.stop();
  host = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

/** Answers what `answer` gives, and tells in `Data` what it was asked. */
const provider = (answer: string) =>
  nodeFunction(`
    export const handler = async (event) => {
      const { ResponseURL, StackId, RequestId, LogicalResourceId, ...asked } = event;
      const Data = { asked: JSON.stringify(asked), ids: JSON.stringify({ StackId, RequestId, LogicalResourceId }) };
      const body = { Status: 'SUCCESS', PhysicalResourceId: 'thing-1', StackId, RequestId, LogicalResourceId, Data, ...(${answer}) };
      await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify(body) });
    };`);

const start = async (answer: string, properties: object) => {
  host = await hostFixture(
    {
      Provider: provider(answer),
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] }, ...properties } },
      After: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'after', Type: 'String', Value: { Ref: 'Thing' } } },
    },
    { dataDir },
  );
  return host;
};

const askedOf = (running: FixtureHost) => JSON.parse(running.attribute('Thing', 'asked'));

test('C1: every primitive of the properties arrives as text, lists and maps stay', async () => {
  const running = await start('{}', { Yes: true, No: false, Count: 5, Half: 0.5, Text: 'as is', List: [1, { Deep: true }] });

  const { ResourceProperties, RequestType, ResourceType } = askedOf(running);
  expect({ RequestType, ResourceType }).toEqual({ RequestType: 'Create', ResourceType: 'Custom::Thing' });
  expect(ResourceProperties).toEqual({
    ServiceToken: running.attribute('Provider', 'Arn'),
    Yes: 'true',
    No: 'false',
    Count: '5',
    Half: '0.5',
    Text: 'as is',
    List: ['1', { Deep: 'true' }],
  });
  expect(JSON.parse(running.attribute('Thing', 'ids'))).toMatchObject({ LogicalResourceId: 'Thing' });
});

test('C1: Ref is the physical id that the function answered, and what refers to it waits for the answer', async () => {
  const running = await start('{}', {});

  expect(running.ref('Thing')).toBe('thing-1');
  expect(running.attribute('After', 'Value')).toBe('thing-1');
});

test('C1: the next start sends Update with the physical id and the properties of before', async () => {
  const first = await start('{}', { Size: 1 });
  await first.stop();
  const second = await start("{ PhysicalResourceId: 'thing-2' }", { Size: 2 });

  const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = askedOf(second);
  expect({ RequestType, PhysicalResourceId }).toEqual({ RequestType: 'Update', PhysicalResourceId: 'thing-1' });
  expect([OldResourceProperties.Size, ResourceProperties.Size]).toEqual(['1', '2']);
  expect(second.ref('Thing')).toBe('thing-2');
});

test('C1: a function that answers FAILED ends the start with its reason, its resource and its stack', async () => {
  await expect(start("{ Status: 'FAILED', Reason: 'no room for things' }", {})).rejects.toThrow(
    'Thing in stack Rules (Custom::Thing): no room for things',
  );
});

test('C1: a function that throws instead of answering ends the start with its error', async () => {
  await expect(start("(() => { throw new TypeError('broken') })()", {})).rejects.toThrow(
    /Thing in stack Rules.*Provider failed: .*TypeError.*broken/,
  );
});

test('C1: a function that does not answer within ServiceTimeout ends the start', async () => {
  host = undefined;
  await expect(
    hostFixture({
      Silent: nodeFunction('export const handler = async () => {};'),
      Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Silent', 'Arn'] }, ServiceTimeout: 1 } },
    }),
  ).rejects.toThrow('no answer to the custom resource within 1 s');
});

test('C1: a ServiceToken that is no function of the app is refused', async () => {
  await expect(
    hostFixture({ Thing: { Type: 'Custom::Thing', Properties: { ServiceToken: 'arn:aws:sns:us-east-1:1:topic' } } }),
  ).rejects.toThrow('ServiceToken arn:aws:sns:us-east-1:1:topic is not a function of this host');
});
