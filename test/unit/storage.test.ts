// S3 and SQS as the SDK's clients see them.
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../local/log.ts';
import { type Storage, storage } from '../../local/services/s3-and-sqs.ts';
import { s3Client, sqsClient } from './storage-clients.ts';

let dataDir: string;
let running: Storage;

const begin = () => storage({ dataDir, region: 'us-east-1', account: '000000000000', log: createLog('error') });

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-storage-'));
  running = await begin();
});

afterEach(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('answers on its own loopback address only', async () => {
  expect((await fetch(`${running.url}/health`)).status).toBe(200);
  await expect(fetch(`${running.url.replace('127.0.0.1', '127.0.0.2')}/health`)).rejects.toThrow('fetch failed');
});

it('refuses another account than the one that its ARNs carry', async () => {
  const other = storage({ dataDir, region: 'us-east-1', account: '123456789012', log: createLog('error') });

  await expect(other).rejects.toThrow('leave the option account');
});

it('serves an object by path and by virtual host', async () => {
  const s3 = s3Client(running.url);
  await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));
  await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a/b.txt', Body: 'here', ContentType: 'text/plain' }));
  const get = new GetObjectCommand({ Bucket: 'pictures', Key: 'a/b.txt' });

  const byPath = await s3.send(get);

  expect(await byPath.Body?.transformToString()).toBe('here');
  expect(await byHost('pictures.s3.us-east-1.amazonaws.com', '/a/b.txt')).toBe('here');
});

/** `fetch` does not let a program choose the Host header. */
const byHost = (host: string, path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    request(running.url + path, { headers: { host } }, (response) => resolve(text(response)))
      .on('error', reject)
      .end();
  });

it('keeps an object of no bytes and one whose key would leave the folder', async () => {
  const s3 = s3Client(running.url);
  await s3.send(new CreateBucketCommand({ Bucket: 'pictures' }));

  for (const Key of ['empty', '..%2f..%2fout', 'x'.repeat(900)]) {
    await s3.send(new PutObjectCommand({ Bucket: 'pictures', Key, Body: Buffer.alloc(0) }));

    expect(await (await s3.send(new GetObjectCommand({ Bucket: 'pictures', Key }))).Body?.transformToString()).toBe('');
  }
});

it('gives a message back at once when its visibility timeout is set to 0', async () => {
  const sqs = sqsClient(running.url);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
  const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first.Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 }));

  const second = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['ApproximateReceiveCount'] }));
  expect(second.Messages?.[0]).toMatchObject({ Body: 'again', Attributes: { ApproximateReceiveCount: '2' } });
});

it('moves a message that was received too often to the dead-letter queue, where it is after a restart too', async () => {
  const sqs = sqsClient(running.url);
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 1 });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work', Attributes: { VisibilityTimeout: '0', RedrivePolicy } }));
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);

  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  await running.stop();
  running = await begin();

  const { Messages } = await sqsClient(running.url).send(
    new ReceiveMessageCommand({ QueueUrl: dead.QueueUrl?.replace(/^http:\/\/[^/]+/, running.url) }),
  );
  expect(Messages).toMatchObject([{ MessageId, Body: 'poison' }]);
});

it('names queues by its new address after a restart, because clients use the URL of a queue as the endpoint', async () => {
  await sqsClient(running.url).send(new CreateQueueCommand({ QueueName: 'work' }));
  await running.stop();
  running = await begin();

  const { QueueUrl } = await sqsClient(running.url).send(new GetQueueUrlCommand({ QueueName: 'work' }));

  expect(QueueUrl).toBe(`${running.url}/000000000000/work`);
});

it('drops a FIFO message that is sent again after a restart while the first one still waits', async () => {
  const send = (QueueUrl: string | undefined) =>
    new SendMessageCommand({ QueueUrl, MessageBody: 'once', MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  const { QueueUrl } = await sqsClient(running.url).send(
    new CreateQueueCommand({ QueueName: 'work.fifo', Attributes: { FifoQueue: 'true', VisibilityTimeout: '0' } }),
  );
  const first = await sqsClient(running.url).send(send(QueueUrl));
  await running.stop();
  running = await begin();

  const second = await sqsClient(running.url).send(send(`${running.url}/000000000000/work.fifo`));

  expect(second.MessageId).toBe(first.MessageId);
});

it('is found by a client that has only the endpoint variable', async () => {
  process.env.AWS_ENDPOINT_URL_SQS = running.url;
  try {
    const sqs = new SQSClient({ region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'work' }));
    expect((await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).MessageId).toBeTruthy();
  } finally {
    delete process.env.AWS_ENDPOINT_URL_SQS;
  }
});
