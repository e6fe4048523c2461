// Dead letters of a topic, as the poller writes them, replayed as the workers' function does it.
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { log } from '../../functions/shared/logging.ts';
import { replay } from '../../functions/workers/replay.ts';
import { toTopic } from '../../functions/workers/to-topic.ts';
import { openTopicLog } from '../../functions/workers/topic-log.ts';
import { type Event, soon } from './event-sink.ts';
import { type KafkaFixture, kafkaFixture } from './kafka-fixture.ts';

const bounds = { letters: 10, isOver: () => false };

let kafka: KafkaFixture;
let sqs: SQSClient;
let letters: string;

beforeAll(async () => {
  log.setLogLevel('SILENT');
  kafka = await kafkaFixture({}, { Dead: { Type: 'AWS::SQS::Queue' } });
  letters = kafka.host.ref('Dead');
  sqs = new SQSClient(kafka.host.config('SQS'));
});
afterAll(async () => {
  sqs.destroy();
  await kafka.stop();
});

const lettersLeft = async () => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: letters, AttributeNames: [...AttributeNames] }));
  return AttributeNames.reduce((sum, name) => sum + Number(Attributes?.[name]), 0);
};

const recordsOf = (events: readonly Event[], topic: string) =>
  events.flatMap(({ records }) => Object.values(records).flat() as Event[]).filter((record) => record.topic === topic);

async function replayed(topic: string): Promise<number> {
  const topicLog = openTopicLog({ clientId: 'replay', bootstrapBrokers: kafka.brokers.split(',') }, topic);
  return replay(sqs, letters, toTopic(topicLog), bounds).finally(() => topicLog.close());
}

test('the records of a batch that was given up come again, with key, value and headers, and the letter is gone', async () => {
  const topic = await kafka.topic(2);
  let isBroken = true;
  kafka.sink.answer = (event) => {
    if (isBroken && recordsOf([event], topic).length > 0) throw new Error('broken');
  };
  const record = (value: string) => ({ topic, partition: 1, key: 'k', value, headers: { 'x-request-id': `r-${value}` } });
  await kafka.send(['a', 'b', 'c'].map(record));
  await kafka.map(topic, {
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination: kafka.host.attribute('Dead', 'Arn') } },
    ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1 },
  });
  await expect.poll(lettersLeft, soon).toBe(1);
  isBroken = false;
  await kafka.send([record('after them')]);
  await expect.poll(() => recordsOf(kafka.sink.events, topic).length, soon).toBe(4);
  const failed = recordsOf(kafka.sink.events, topic).slice(0, 3);

  expect(await replayed(topic)).toBe(1);

  await expect.poll(() => recordsOf(kafka.sink.events, topic).length, soon).toBe(7);
  const again = recordsOf(kafka.sink.events, topic).slice(4);
  const content = ({ partition, key, value, headers }: Event) => ({ partition, key, value, headers });
  expect(again.map(content)).toEqual(failed.map(content));
  expect(again.map(({ offset }) => offset)).toEqual([4, 5, 6]);
  expect(await lettersLeft()).toBe(0);
});

test('a letter whose records are not there, or that is none, stays', async () => {
  const topic = await kafka.topic();
  const gone = { KafkaBatchInfo: { recordsInfo: { [`${topic}-0`]: { firstRecordOffset: '7', lastRecordOffset: '8' } } } };
  for (const body of [JSON.stringify(gone), 'no JSON', '{}'])
    await sqs.send(new SendMessageCommand({ QueueUrl: letters, MessageBody: body }));

  expect(await replayed(topic)).toBe(0);
  expect(await lettersLeft()).toBe(3);
});
