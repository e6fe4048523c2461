// What S3 and SQS have acknowledged outlives kill -9 at any moment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../local/log.ts';
import { type Storage, storage } from '../../local/services/s3-and-sqs.ts';
import { s3Client, sqsClient } from './storage-clients.ts';

let dataDir: string;
let victim: ChildProcess;
let survivor: Storage | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-storage-'));
});

afterEach(async () => {
  victim.kill('SIGKILL');
  await survivor?.stop();
  survivor = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

async function startVictim(): Promise<string> {
  victim = spawn(process.execPath, [join(import.meta.dirname, 'storage-process.ts'), dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(victim.stdout as NonNullable<typeof victim.stdout>, 'data')) as [Buffer];
  return line.toString().trim();
}

async function killAndRestart(): Promise<string> {
  const exit = once(victim, 'exit');
  victim.kill('SIGKILL');
  await exit;
  survivor = await storage({ dataDir, region: 'us-east-1', account: '000000000000', log: createLog('error') });
  return survivor.url;
}

async function everyBody(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body }) => String(Body)));
  }
}

it('keeps every message that was acknowledged while the process was killed', async () => {
  const sqs = sqsClient(await startVictim());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  const acknowledged: string[] = [];
  const senders = Array.from({ length: 4 }, async (_, sender) => {
    for (let n = 0; ; n++) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${sender}-${n}` }));
      acknowledged.push(`${sender}-${n}`);
      if (acknowledged.length === 200) victim.kill('SIGKILL');
    }
  });
  await Promise.allSettled(senders);

  const url = await killAndRestart();

  const bodies = await everyBody(sqsClient(url), `${url}/000000000000/work`);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(bodies).toEqual(expect.arrayContaining(acknowledged));
}, 20_000);

it('remembers across a kill which messages are deleted and how often each was received, and frees those in flight', async () => {
  const sqs = sqsClient(await startVictim());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  for (const MessageBody of ['in flight', 'deleted', 'seen']) {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: MessageBody === 'seen' ? 0 : 60 }));
    if (MessageBody === 'deleted') await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
  }

  const url = await killAndRestart();

  const receive = new ReceiveMessageCommand({
    QueueUrl: `${url}/000000000000/work`,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['ApproximateReceiveCount'],
  });
  const { Messages } = await sqsClient(url).send(receive);
  expect(Messages).toMatchObject([
    { Body: 'in flight', Attributes: { ApproximateReceiveCount: '2' } },
    { Body: 'seen', Attributes: { ApproximateReceiveCount: '2' } },
  ]);
}, 20_000);

it('keeps the last acknowledged version of an object, whole, however the kill met its successor', async () => {
  const s3 = s3Client(await startVictim());
  await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));
  const versions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  let acknowledged = -1;
  const writing = (async () => {
    for (const [index, letter] of versions.entries()) {
      await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'one.png', Body: letter.repeat(2_000_000 + index) }));
      acknowledged = index;
      if (index === 4) setImmediate(() => victim.kill('SIGKILL'));
    }
  })();
  await Promise.allSettled([writing]);

  const url = await killAndRestart();

  const { Body } = await s3Client(url).send(new GetObjectCommand({ Bucket: 'pictures', Key: 'one.png' }));
  const text = String(await Body?.transformToString());
  const found = versions.indexOf(text.charAt(0));
  expect(found).toBeGreaterThanOrEqual(acknowledged);
  expect(text).toBe(versions[found]?.repeat(2_000_000 + found));
}, 20_000);

it('keeps the order of a FIFO group, and what of it is deleted, across a kill with a batch in flight', async () => {
  const sqs = sqsClient(await startVictim());
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work.fifo', Attributes: { FifoQueue: 'true' } }));
  const send = (QueueUrl: string | undefined, body: string) =>
    new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: 'g', MessageDeduplicationId: body });
  for (const body of ['1', '2', '3', '4', '5']) await sqs.send(send(QueueUrl, body));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 3 }));
  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: Messages[1]?.ReceiptHandle, VisibilityTimeout: 0 }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));

  const url = await killAndRestart();

  const after = sqsClient(url);
  await after.send(send(`${url}/000000000000/work.fifo`, '6'));
  expect(await everyBody(after, `${url}/000000000000/work.fifo`)).toEqual(['2', '3', '4', '5', '6']);
}, 20_000);
