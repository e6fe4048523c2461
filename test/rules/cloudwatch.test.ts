// The metrics of AWS's own services that handlers read, asked as they ask: by the SDK, against live queues and topics.
import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soon } from './event-sink.ts';
import { type KafkaFixture, kafkaFixture } from './kafka-fixture.ts';

let kafka: KafkaFixture;
let cloudWatch: CloudWatchClient;
let sqs: SQSClient;

beforeAll(async () => {
  kafka = await kafkaFixture(
    {},
    {
      Busy: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'busy' } },
      Idle: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'idle' } },
    },
  );
  cloudWatch = new CloudWatchClient({ ...kafka.host.config(), maxAttempts: 1 });
  sqs = new SQSClient(kafka.host.config('SQS'));
});
afterAll(async () => {
  cloudWatch.destroy();
  sqs.destroy();
  await kafka.stop();
});

type Metric = readonly [namespace: string, name: string, dimensions: Readonly<Record<string, string>>];

const query = ([Namespace, MetricName, dimensions]: Metric, n: number): MetricDataQuery => ({
  Id: `m${n}`,
  MetricStat: {
    Metric: { Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })) },
    Period: 60,
    Stat: 'Maximum',
  },
});
const ask = (MetricDataQueries: MetricDataQuery[]) =>
  cloudWatch.send(new GetMetricDataCommand({ StartTime: new Date(Date.now() - 300_000), EndTime: new Date(), MetricDataQueries }));

/** The values of each metric, in the order asked for. */
const values = async (...metrics: Metric[]) => (await ask(metrics.map(query))).MetricDataResults?.map(({ Values }) => Values);

const age = (QueueName: string): Metric => ['AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName }];
const lag = (name: 'SumOffsetLag' | 'EstimatedMaxTimeLag', group: string, topic: string): Metric => [
  'AWS/Kafka',
  name,
  { 'Cluster Name': 'rules', 'Consumer Group': group, Topic: topic },
];

test('ApproximateAgeOfOldestMessage is in seconds, grows while a message lies there, and is absent for an empty or unknown queue', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: kafka.host.ref('Busy'), MessageBody: 'first' }));
  await expect.poll(async () => (await values(age('busy')))?.[0]?.[0], soon).toBeGreaterThan(0.3);
  await sqs.send(new SendMessageCommand({ QueueUrl: kafka.host.ref('Busy'), MessageBody: 'second' }));

  const [busy, idle, unknown] = (await values(age('busy'), age('idle'), age('unknown'))) ?? [];
  expect(busy?.[0]).toBeGreaterThan(0.3);
  expect(busy?.[0]).toBeLessThan(60);
  expect([idle, unknown]).toEqual([[], []]);
});

test('a datapoint is of now, under the id that was asked for', async () => {
  await sqs.send(new SendMessageCommand({ QueueUrl: kafka.host.ref('Busy'), MessageBody: 'third' }));
  const { MetricDataResults } = await ask([{ ...query(age('busy'), 0), Id: 'mine', Label: 'Oldest' }]);

  expect(MetricDataResults).toMatchObject([{ Id: 'mine', Label: 'Oldest', StatusCode: 'Complete' }]);
  expect(Math.abs(Date.now() - Number(MetricDataResults?.[0]?.Timestamps?.[0]))).toBeLessThan(5_000);
});

test('SumOffsetLag counts what a group has not committed in all partitions, EstimatedMaxTimeLag how old the oldest of it is', async () => {
  const topic = await kafka.topic(2);
  // One at a time: where the leader of one partition is not known yet, the client sends to all of them again.
  for (const partition of [0, 1, 1]) await kafka.send([{ topic, partition, value: 'a' }]);
  await expect.poll(() => values(lag('SumOffsetLag', 'nobody', topic)), soon).toEqual([[3]]);
  const [[seconds] = []] = (await values(lag('EstimatedMaxTimeLag', 'nobody', topic))) ?? [];
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(30);

  const group = `g-${topic}`;
  const mapping = await kafka.map(topic, { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group } });
  await expect.poll(() => values(lag('SumOffsetLag', group, topic), lag('EstimatedMaxTimeLag', group, topic)), soon).toEqual([[0], [0]]);
  await mapping.stop?.();
  await kafka.send([{ topic, partition: 1, value: 'late' }]);
  expect(await values(lag('SumOffsetLag', group, topic), lag('SumOffsetLag', 'nobody', topic))).toEqual([[1], [4]]);
});

test('a metric that nobody writes has no datapoints', async () => {
  expect(await values(['AWS/Lambda', 'Errors', { FunctionName: 'Reader' }], ['AWS/SQS', 'ApproximateAgeOfOldestMessage', {}])).toEqual([
    [],
    [],
  ]);
});

test('what is not hosted of CloudWatch is refused by its name', async () => {
  await expect(cloudWatch.send(new PutMetricDataCommand({ Namespace: 'mine', MetricData: [] }))).rejects.toThrow(
    /PutMetricData is not among/,
  );
  await expect(ask([{ Id: 'e1', Expression: 'm1 / 60' }])).rejects.toThrow(/only MetricStat/);
});
