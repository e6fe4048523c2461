import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { soon } from './event-sink.ts';
import { CLUSTER, type KafkaFixture, kafkaFixture, recordsOf, valuesOf } from './kafka-fixture.ts';

vi.setConfig({ testTimeout: 30_000 });

let kafka: KafkaFixture;
beforeAll(async () => {
  kafka = await kafkaFixture({}, { Failed: { Type: 'AWS::SQS::Queue' }, FailedBatches: { Type: 'AWS::S3::Bucket' } });
}, 60_000);
beforeEach(() => {
  kafka.sink.answer = () => undefined;
});
afterAll(() => kafka.stop());

const provisioned = { ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1 } };
const failOn = (value: string, topic: string) => {
  kafka.sink.answer = (event) => {
    if (valuesOf([event], topic).includes(value)) throw new Error('poison');
  };
};
const abc = (topic: string) => ['a', 'b', 'c'].map((value) => ({ topic, value }));

test('K5: retry controls need provisioned mode', async () => {
  await expect(kafka.map('any', { MaximumRetryAttempts: 1 })).rejects.toThrow(
    'MaximumRetryAttempts of a Kafka source needs provisioned mode',
  );
  await expect(kafka.map('any', { ...provisioned, MaximumRecordAgeInSeconds: 59 })).rejects.toThrow('must be -1 or 60 to 604800');
});

test('K5: a batch is given up after MaximumRetryAttempts, and the partition goes on', async () => {
  const topic = await kafka.topic();
  failOn('a', topic);
  await kafka.send([{ topic, value: 'a' }]);
  const mapping = await kafka.map(topic, { ...provisioned, MaximumRetryAttempts: 2, BatchSize: 1 });
  await kafka.send([{ topic, value: 'b' }]);
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(2n);
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['a', 'a', 'a', 'b']);
});

test('K5: BisectBatchOnFunctionError splits until only the bad record is given up', async () => {
  const topic = await kafka.topic();
  failOn('b', topic);
  await kafka.send(abc(topic));
  const mapping = await kafka.map(topic, { ...provisioned, MaximumRetryAttempts: 0, BisectBatchOnFunctionError: true });
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(3n);
  expect(kafka.sink.events.map((event) => valuesOf([event], topic).join('')).filter(Boolean)).toEqual(['abc', 'ab', 'a', 'b', 'c']);
});

test('K5: with ReportBatchItemFailures only the reported records are tried again', async () => {
  const topic = await kafka.topic();
  let reported = false;
  kafka.sink.answer = (event) => {
    if (reported || recordsOf([event], topic).length === 0) return undefined;
    reported = true;
    return { batchItemFailures: [{ itemIdentifier: { partition: `${topic}-0`, offset: 1 } }] };
  };
  await kafka.send(abc(topic));
  const mapping = await kafka.map(topic, { ...provisioned, FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(3n);
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['a', 'b', 'c', 'b']);
});

const metadata = (topic: string) => ({
  requestContext: {
    requestId: expect.any(String),
    functionArn: kafka.host.attribute('Reader', 'Arn'),
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 2,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  KafkaBatchInfo: {
    batchSize: 3,
    eventSourceArn: CLUSTER,
    bootstrapServers: kafka.brokers,
    payloadSize: expect.any(Number),
    recordsInfo: {
      [`${topic}-0`]: {
        firstRecordOffset: '0',
        lastRecordOffset: '2',
        firstRecordTimestamp: expect.any(String),
        lastRecordTimestamp: expect.any(String),
      },
    },
  },
});

test('K6: a queue as on-failure destination gets the metadata of the batch', async () => {
  const topic = await kafka.topic();
  failOn('a', topic);
  await kafka.send(abc(topic));
  const Destination = kafka.host.attribute('Failed', 'Arn');
  await kafka.map(topic, { ...provisioned, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination } } });
  const client = new SQSClient(kafka.host.config('SQS'));
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: kafka.host.ref('Failed'), WaitTimeSeconds: 20 }));
  client.destroy();
  expect(JSON.parse(Messages?.[0]?.Body ?? '')).toEqual(metadata(topic));
});

test('K6: a bucket as on-failure destination gets the records too', async () => {
  const topic = await kafka.topic();
  failOn('a', topic);
  await kafka.send(abc(topic));
  const Bucket = kafka.host.ref('FailedBatches');
  const DestinationConfig = { OnFailure: { Destination: kafka.host.attribute('FailedBatches', 'Arn') } };
  const mapping = await kafka.map(topic, { ...provisioned, MaximumRetryAttempts: 1, DestinationConfig });
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(3n);
  const client = new S3Client({ ...kafka.host.config('S3'), forcePathStyle: true });
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: `aws/lambda/${mapping.ref}/${topic}-0/` }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: Contents?.[0]?.Key ?? '' }));
  const { payload, ...rest } = JSON.parse((await Body?.transformToString()) ?? '');
  client.destroy();
  expect(rest).toEqual(metadata(topic));
  expect(valuesOf([JSON.parse(payload)], topic)).toEqual(['a', 'b', 'c']);
});
