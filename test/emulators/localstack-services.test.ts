// LocalStack itself, from the index and without Docker: its services answer, on loopback only.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { descendants } from '../support/processes.ts';
import { clientOf, type Started, started, TOOLS, temporaryFolder } from './emulator-fixture.ts';
import { listeningAddresses } from './listening.ts';

let run: Started;
beforeAll(async () => {
  run = await started(startLocalStack);
});
afterAll(() => run[Symbol.asyncDispose]());

test('an S3 object comes back', async () => {
  const s3 = new S3Client({ ...clientOf(run.emulator), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));
  await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a/b', Body: 'a cat' }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'pictures', Key: 'a/b' }));
  expect(await Body?.transformToString()).toBe('a cat');
});

test('an SQS message comes back, by a queue URL of this machine', async () => {
  const sqs = new SQSClient(clientOf(run.emulator));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  expect(QueueUrl).toContain(run.emulator.url);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'resize' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['resize']);
});

test('a DynamoDB item comes back, also from a transaction', async () => {
  const dynamo = new DynamoDBClient(clientOf(run.emulator));
  await dynamo.send(
    new CreateTableCommand({
      TableName: 'connections',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const item = (id: string) => ({ TableName: 'connections', Item: { id: { S: id }, channel: { S: 'news' } } });
  await dynamo.send(new PutItemCommand(item('one')));
  await dynamo.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: item('two') }] }));
  for (const id of ['one', 'two']) {
    const { Item } = await dynamo.send(new GetItemCommand({ TableName: 'connections', Key: { id: { S: id } } }));
    expect(Item).toEqual(item(id).Item);
  }
});

test('neither it nor the database behind it can be reached from other machines', () => {
  const processes = [run.emulator.pid, ...descendants(run.emulator.pid)];
  const addresses = processes.flatMap(listeningAddresses);
  expect(addresses.length).toBeGreaterThanOrEqual(2);
  expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
});

test('a port that is in use is said, and nothing is left', async () => {
  await using folder = await temporaryFolder();
  const taker = createServer().listen(0, '127.0.0.1');
  await once(taker, 'listening');
  const { port } = taker.address() as { port: number };
  const start = startLocalStack({ toolsDir: TOOLS, dataDir: folder.path, port, log: () => {} });
  await expect(start).rejects.toThrow(`LocalStack 4.14.0 cannot start: port ${port} is in use.`);
  expect(existsSync(`${folder.path}/localstack/process.json`)).toBe(false);
  taker.close();
});

test('a second one on the same data folder is refused and the first goes on', async () => {
  const second = startLocalStack({ toolsDir: TOOLS, dataDir: run.dataDir, port: 24_999, log: () => {} });
  await expect(second).rejects.toThrow(`in use by the process ${process.pid}`);
  expect((await fetch(`${run.emulator.url}/_localstack/health`)).status).toBe(200);
});
