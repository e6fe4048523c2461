import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { soon } from './event-sink.ts';
import { CLUSTER, type KafkaFixture, kafkaFixture, recordsOf, valuesOf } from './kafka-fixture.ts';

vi.setConfig({ testTimeout: 30_000 });

let kafka: KafkaFixture;
beforeAll(async () => {
  kafka = await kafkaFixture();
}, 60_000);
beforeEach(() => {
  kafka.sink.answer = () => undefined;
});
afterAll(() => kafka.stop());

const ofTopic = (topic: string) => kafka.sink.events.filter((event) => recordsOf([event], topic).length > 0);

test('K1: an event of MSK holds its records by topic and partition, key and value in base64, headers as bytes', async () => {
  const topic = await kafka.topic();
  await kafka.send([{ topic, key: 'k', value: 'hello', headers: { kind: 'é' } }]);
  await kafka.map(topic);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 1);
  expect(ofTopic(topic)).toEqual([
    {
      eventSource: 'aws:kafka',
      eventSourceArn: CLUSTER,
      bootstrapServers: kafka.brokers,
      records: {
        [`${topic}-0`]: [
          {
            topic,
            partition: 0,
            offset: 0,
            timestamp: expect.any(Number),
            timestampType: 'CREATE_TIME',
            key: 'aw==',
            value: 'aGVsbG8=',
            headers: [{ kind: [0xc3, 0xa9] }],
          },
        ],
      },
    },
  ]);
});

test('K1: an event of a self-managed cluster names no ARN', async () => {
  const topic = await kafka.topic();
  await kafka.send([{ topic, value: 'v' }]);
  await kafka.map(topic, {
    EventSourceArn: undefined,
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: [kafka.brokers] } },
  });
  await kafka.sink.until((events) => recordsOf(events, topic).length === 1);
  const [event] = ofTopic(topic);
  expect(event).toMatchObject({ eventSource: 'SelfManagedKafka', bootstrapServers: kafka.brokers });
  expect(event).not.toHaveProperty('eventSourceArn');
});

test('K2: a batch holds at most the batch size, by default 100', async () => {
  const topic = await kafka.topic();
  await kafka.send(Array.from({ length: 250 }, (_, index) => ({ topic, value: String(index) })));
  await kafka.map(topic);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 250);
  expect(ofTopic(topic).map((event) => recordsOf([event], topic).length)).toEqual([100, 100, 50]);
});

test('K2: a window gathers what comes after the first record', async () => {
  const topic = await kafka.topic();
  await kafka.map(topic, { MaximumBatchingWindowInSeconds: 2 });
  for (const value of ['a', 'b', 'c']) await kafka.send([{ topic, value }]);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 3);
  expect(ofTopic(topic)).toHaveLength(1);
});

test('K2: an event stays below 6 MB', async () => {
  const topic = await kafka.topic();
  for (let count = 0; count < 9; count += 1) await kafka.send([{ topic, value: 'x'.repeat(900_000) }]);
  await kafka.map(topic);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 9);
  expect(ofTopic(topic).length).toBeGreaterThan(1);
  for (const event of ofTopic(topic)) expect(JSON.stringify(event).length).toBeLessThan(6_291_556);
});

test('K4: LATEST skips what was there before, and a later start goes on from the committed offset', async () => {
  const topic = await kafka.topic();
  await kafka.send([{ topic, value: 'before' }]);
  const ConsumerGroupId = `g-${topic}`;
  const properties = { StartingPosition: 'LATEST', AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId } };
  const first = await kafka.map(topic, properties);
  await expect.poll(() => kafka.committed(ConsumerGroupId, topic), soon).toBe(1n);
  await kafka.send([{ topic, value: 'while it reads' }]);
  await expect.poll(() => kafka.committed(ConsumerGroupId, topic), soon).toBe(2n);
  await first.stop?.();
  await kafka.send([{ topic, value: 'while nobody reads' }]);
  await kafka.map(topic, properties);
  await kafka.sink.until((events) => recordsOf(events, topic).length === 2);
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['while it reads', 'while nobody reads']);
});

test('K4: AT_TIMESTAMP starts with the first record of that time, the group is named after the mapping', async () => {
  const topic = await kafka.topic();
  await kafka.send([{ topic, value: 'old' }]);
  await expect.poll(() => Date.now() % 1000).toBeLessThan(500);
  const StartingPositionTimestamp = (Date.now() + 1) / 1000;
  await expect.poll(() => Date.now() / 1000).toBeGreaterThan(StartingPositionTimestamp);
  await kafka.send([{ topic, value: 'young' }]);
  const mapping = await kafka.map(topic, { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp });
  await kafka.sink.until((events) => recordsOf(events, topic).length === 1);
  expect(valuesOf(kafka.sink.events, topic)).toEqual(['young']);
  await expect.poll(() => kafka.committed(mapping.ref, topic), soon).toBe(2n);
});
