// State machines as a resource: names, attributes, and one that takes another's place.
import { expect, test } from 'vitest';
import type { Host } from '../../local/host.ts';
import { module } from '../../local/resources/stepfunctions-statemachine.ts';
import { stateMachinesOf } from '../../local/services/state-machines.ts';

const resource = (answer: string, more: object = {}) => ({
  stack: 'Shop',
  logicalId: 'Saga',
  type: module.type,
  metadata: {},
  properties: {
    DefinitionString: JSON.stringify({ StartAt: 'Answer', States: { Answer: { Type: 'Pass', Result: answer, End: true } } }),
    StateMachineType: 'EXPRESS',
    ...more,
  },
});
const newHost = () => ({ options: { region: 'eu-west-1', account: '123456789012' } }) as Host;
const arnOf = (name: string) => `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;

test('it is known by its ARN, with the given name or one of its own', async () => {
  const host = newHost();
  const saga = await module.create(resource('a'), host);
  expect(saga).toMatchObject({ ref: arnOf('Shop-Saga'), attributes: { Arn: arnOf('Shop-Saga'), Name: 'Shop-Saga' } });
  expect(await module.create(resource('a', { StateMachineName: 'mine' }), host)).toMatchObject({ ref: arnOf('mine') });
  expect([...stateMachinesOf(host).keys()]).toEqual([arnOf('Shop-Saga'), arnOf('mine')]);
  await saga.stop?.();
  expect([...stateMachinesOf(host).keys()]).toEqual([arnOf('mine')]);
});

test('an old one that retires leaves its successor in place', async () => {
  const host = newHost();
  const old = await module.create(resource('old'), host);
  await module.create(resource('new'), host);
  await old.retire?.();
  expect(await stateMachinesOf(host).get(old.ref)?.startSync('{}')).toMatchObject({ output: '"new"' });
});
