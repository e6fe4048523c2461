// S7: how a FIFO queue itself hands out its groups, with nobody but the test polling it.
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type FixtureHost, hostFixture } from './fixture.ts';

const queue = (properties: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true, ...properties } });
const names = ['Order', 'Lock', 'Turn', 'Waiting', 'Mixed'] as const;
let host: FixtureHost;
let client: SQSClient;

beforeEach(async () => {
  host ??= await hostFixture({
    ...Object.fromEntries(names.map((name) => [name, queue()])),
    Dead: queue(),
    Doomed: queue({ RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 1 } }),
  });
  client ??= new SQSClient(host.config('SQS'));
});

afterAll(async () => {
  client?.destroy();
  await host?.stop();
});

/** `a1` belongs to group `a`. */
async function send(name: string, bodies: readonly string[]): Promise<void> {
  const Entries = bodies.map((body) => ({ Id: body, MessageBody: body, MessageGroupId: body[0], MessageDeduplicationId: body }));
  await client.send(new SendMessageBatchCommand({ QueueUrl: host.ref(name), Entries }));
}

async function receive(name: string, count = 10, WaitTimeSeconds = 0): Promise<Message[]> {
  const request = { QueueUrl: host.ref(name), MaxNumberOfMessages: count, WaitTimeSeconds, MessageSystemAttributeNames: ['All' as const] };
  return (await client.send(new ReceiveMessageCommand(request))).Messages ?? [];
}

const entries = (messages: readonly Message[]) =>
  messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
const remove = (name: string, messages: readonly Message[]) =>
  client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: host.ref(name),
      Entries: entries(messages).map(({ Id, ReceiptHandle }) => ({ Id, ReceiptHandle })),
    }),
  );
const giveBack = (name: string, messages: readonly Message[]) =>
  client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: host.ref(name), Entries: entries(messages) }));
const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);

test('S7: messages that are given back keep their place, in whatever order they come', async () => {
  await send('Order', ['a1', 'a2', 'a3', 'a4', 'a5']);
  const [one, two, three] = (await receive('Order', 3)) as [Message, Message, Message];
  await giveBack('Order', [two, three, one]);

  expect(bodies(await receive('Order'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
});

test('S7: a group is locked until all that was received of it is deleted or visible again', async () => {
  await send('Lock', ['a1', 'a2', 'a3']);
  const [one, two] = (await receive('Lock', 2)) as [Message, Message];
  await remove('Lock', [one]);
  expect(await receive('Lock')).toEqual([]);

  await giveBack('Lock', [two]);

  expect(bodies(await receive('Lock'))).toEqual(['a2', 'a3']);
});

test('S7: a receive is filled from several groups, and one that never runs dry lets the others take their turn', async () => {
  await send('Turn', ['a1', 'a2', 'a3', 'b1']);
  const first = await receive('Turn', 2);
  await remove('Turn', first);

  expect([bodies(first), bodies(await receive('Turn', 2))]).toEqual([
    ['a1', 'a2'],
    ['b1', 'a3'],
  ]);
});

test('S7: a long poll waits through messages of locked groups and gets the rest as soon as the batch is deleted', async () => {
  await send('Waiting', ['a1', 'a2']);
  const batch = await receive('Waiting');
  const began = performance.now();
  const waiting = receive('Waiting', 10, 20);
  await send('Waiting', ['a3']);
  await send('Waiting', ['a4']);
  await remove('Waiting', batch);

  expect(bodies(await waiting)).toEqual(['a3', 'a4']);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('S7: visibility that ends for one message after the other does not change their order', async () => {
  await send('Mixed', ['a1', 'a2', 'a3']);
  const messages = await receive('Mixed');
  for (const [index, VisibilityTimeout] of [2, 1, 1].entries()) {
    const { ReceiptHandle } = messages[index] as Message;
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: host.ref('Mixed'), ReceiptHandle, VisibilityTimeout }));
  }

  expect(bodies(await receive('Mixed', 10, 20))).toEqual(['a1', 'a2', 'a3']);
});

test('S5, S7: dead letters of a FIFO queue keep their group and its order', async () => {
  await send('Doomed', ['a1', 'a2', 'b1', 'a3']);
  await giveBack('Doomed', (await receive('Doomed')).toReversed());
  expect(await receive('Doomed')).toEqual([]);

  const dead = await receive('Dead');
  const ofGroup = (group: string) => bodies(dead.filter(({ Attributes }) => Attributes?.MessageGroupId === group));

  expect([ofGroup('a'), ofGroup('b')]).toEqual([['a1', 'a2', 'a3'], ['b1']]);
});
