// What got into the queue and is no message goes to the dead letters, with the reason, and holds up nobody: no other channel, and not its own.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteMessageCommand,
  ListQueuesCommand,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localStage, projectRoot, synthesize } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { type RunningHost, start } from '../../local/start.ts';
import { eventually } from '../support/eventually.ts';

let folder: string;
let running: RunningHost;
let sqs: SQSClient;
let queue: string;
let dead: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stackyard-poison-'));
  // That messages are put aside is what this is about.
  const log = createLog('error', () => undefined);
  const toolsDir = join(projectRoot, '.stackyard/tools');
  running = await start({
    assembly: synthesize({ ...localStage('sqs'), log }),
    dataDir: join(folder, 'host'),
    toolsDir,
    kafka: false,
    log,
  });
  sqs = new SQSClient({
    endpoint: running.host.storage.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const named = (part: string) => QueueUrls.find((url) => url.includes(part)) ?? `no queue is named ${part}`;
  queue = named('MessagesInboxQueue');
  dead = named('MessagesInboxDeadQueue');
});

afterAll(async () => {
  sqs?.destroy();
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
const proper = (channel: string = randomUUID()) => ({
  key: text(randomUUID()),
  channel: text(channel),
  at: text(new Date().toISOString()),
});

/** As the API sends it. */
const real = (channel: string, n: number) => ({
  MessageBody: `=[${n}]`,
  MessageGroupId: 'all',
  MessageDeduplicationId: randomUUID(),
  MessageAttributes: proper(channel),
});

async function list(channel: string): Promise<unknown[]> {
  const answer = await fetch(`${running.url}/endpoint/?channel=${channel}`);
  return ((await answer.json()) as { message: [number, unknown][] }).message.map(([, message]) => message);
}

/** Takes the next dead letter away: the queue has an order, and gives the next when this one is gone. */
const deadLetter = () =>
  eventually(async () => {
    const asked = new ReceiveMessageCommand({ QueueUrl: dead, MessageAttributeNames: ['All'], WaitTimeSeconds: 1, VisibilityTimeout: 600 });
    const letter = (await sqs.send(asked)).Messages?.[0];
    if (letter) await sqs.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle: letter.ReceiptHandle }));
    return letter;
  });

it.each<[string, { body?: string; channel?: string; attributes?: Record<string, MessageAttributeValue> }]>([
  ['no JSON', { body: '={"a":' }],
  ['JSON that is neither an object nor an array', { body: '=5' }],
  ['a payload without its mark', { body: '[5]' }],
  ['without attributes', { attributes: {} }],
  ['with a key that is none', { attributes: { ...proper(), key: text('1') } }],
  ['with a time that is none', { attributes: { ...proper(), at: text('yesterday') } }],
  ['of a channel that nobody could name', { channel: 'c'.repeat(100) }],
])('%s', async (_, { body = '=["poison"]', channel = randomUUID(), attributes = proper(channel) }) => {
  const other = randomUUID();
  // In one batch with messages of its channel, before and after.
  const entries = [
    ...(channel.length > 64 ? [] : [real(channel, 1)]),
    { MessageBody: body, MessageGroupId: 'all', MessageDeduplicationId: randomUUID(), MessageAttributes: attributes },
    ...(channel.length > 64 ? [] : [real(channel, 2)]),
  ];
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries: entries.map((entry, index) => ({ Id: `${index}`, ...entry })) }));
  await sqs.send(new SendMessageCommand({ QueueUrl: queue, ...real(other, 1) }));

  expect(await deadLetter()).toMatchObject({
    Body: body,
    MessageAttributes: { reason: { StringValue: expect.stringMatching(/^This is no message/) } },
  });
  await eventually(async () => expect(await list(other)).toEqual([[1]]));
  if (channel.length <= 64) await eventually(async () => expect(await list(channel)).toEqual([[1], [2]]));
});
