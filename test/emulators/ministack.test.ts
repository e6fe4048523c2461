// MiniStack from the index: its services and functions answer, on loopback only, and nothing of it outlives it.
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { startMiniStack } from '../../emulators/ministack/start.ts';
import { eventually } from '../support/eventually.ts';
import { descendants, isAlive } from '../support/processes.ts';
import { clientOf, deployFunction, started } from './emulator-fixture.ts';
import { listeningAddresses } from './listening.ts';

test('objects and messages come back; it cannot be reached from other machines', async () => {
  await using run = await started(startMiniStack);
  const s3 = new S3Client({ ...clientOf(run.emulator), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));
  await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a/b', Body: 'a cat' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'a/b' }));
  expect(await Body?.transformToString()).toBe('a cat');

  const sqs = new SQSClient(clientOf(run.emulator));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'resize' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  expect(Messages?.map((message) => message.Body)).toEqual(['resize']);

  const addresses = [run.emulator.pid, ...descendants(run.emulator.pid)].flatMap(listeningAddresses);
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
});

const REPORT = `import { createRequire } from 'node:module';
  const { greeting } = createRequire(import.meta.url)('greetings');
  export const handler = async ({ hang }) => { while (hang); return { text: greeting, node: process.versions.node, pid: process.pid }; };`;
const WITH_LAYER = { timeout: 300, layer: { 'nodejs/node_modules/greetings/index.js': "exports.greeting = 'Good evening';" } };

test('a function answers from Node 24 with what a layer brings, and ends with it', async () => {
  await using run = await started(startMiniStack);
  const invoke = await deployFunction(run.emulator, REPORT, WITH_LAYER);
  const { payload } = await invoke({ hang: false });
  expect(payload).toMatchObject({ text: 'Good evening', node: process.versions.node });
  await run.emulator.stop();
  expect([run.emulator.pid, payload.pid].filter(isAlive)).toEqual([]);
});

test('a MiniStack that is killed takes a function that hangs with it', async () => {
  await using run = await started(startMiniStack);
  const invoke = await deployFunction(run.emulator, REPORT, WITH_LAYER);
  const { payload } = await invoke({ hang: false });
  // Its answer never comes.
  void invoke({ hang: true }).catch(() => {});
  const [itself = 0] = descendants(run.emulator.pid);
  process.kill(itself, 'SIGKILL');
  await eventually(() => [run.emulator.pid, itself, payload.pid].every((pid) => !isAlive(pid)));
});
