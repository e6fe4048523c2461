import { expect, test } from 'vitest';
import { soon } from './event-sink.ts';
import { refusal } from './fixture.ts';
import { bodiesOf, queueFixture } from './sqs-fixture.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

test('S1: a record carries the message, its attributes and where it came from', async () => {
  const { sink, send, host, stop } = await queueFixture();
  await send(['hello'], () => ({
    MessageAttributes: {
      colour: { DataType: 'String', StringValue: 'blue' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2, 255]) },
    },
  }));
  const [event] = await sink.until((events) => events.length === 1);
  expect(event).toEqual({
    Records: [
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          colour: { stringValue: 'blue', stringListValues: [], binaryListValues: [], dataType: 'String' },
          bytes: { binaryValue: 'AQL/', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: host.attribute('Queue', 'Arn'),
        awsRegion: host.region,
      },
    ],
  });
  await stop();
});

test('S2: a batch above ten is gathered over its window and never larger than the batch size', async () => {
  const { sink, send, stop } = await queueFixture({ BatchSize: 15, MaximumBatchingWindowInSeconds: 2 }, { VisibilityTimeout: 30 });
  await Promise.all([send(numbers(10)), send(numbers(10))]);
  await sink.until((events) => bodiesOf(events).length === 20);
  expect(sink.events.map((event) => event.Records.length)).toEqual([15, 5]);
  await stop();
});

test('S2: a batch is flushed before its records exceed 6 MB', async () => {
  const { sink, send, stop } = await queueFixture({ BatchSize: 100, MaximumBatchingWindowInSeconds: 2 }, { VisibilityTimeout: 30 });
  const large = 'x'.repeat(1_000_000);
  for (const body of numbers(8)) await send([body + large]);
  await sink.until((events) => bodiesOf(events).length === 8);
  for (const event of sink.events) expect(JSON.stringify(event).length).toBeLessThan(6_291_556);
  expect(Math.max(...sink.events.map((event) => event.Records.length))).toBe(6);
  await stop();
});

const fifo = { FifoQueue: true, ContentBasedDeduplication: true };

test.for([
  [{ BatchSize: 11 }, {}, 'BatchSize above 10 needs MaximumBatchingWindowInSeconds'],
  [{ MaximumBatchingWindowInSeconds: 1 }, fifo, 'not supported for FIFO'],
  [{ BatchSize: 11, MaximumBatchingWindowInSeconds: 1 }, fifo, 'BatchSize must be 1 to 10'],
  [{ MaximumRetryAttempts: 1 }, {}, 'MaximumRetryAttempts does not apply to an SQS queue'],
] as const)('S2: %j with a queue of %j is refused', async ([mapping, queue, sentence]) => {
  await expect(queueFixture(mapping, queue)).rejects.toThrow(refusal(sentence));
});

/** Holds every invocation until `expected` are held, and tells how many there are after a while in which one more could have come. */
async function heldTogether(expected: number, mapping: object): Promise<number> {
  const { sink, send, left, stop } = await queueFixture({ BatchSize: 1, ...mapping }, { VisibilityTimeout: 60 }, { Timeout: 60 });
  const release = Promise.withResolvers<void>();
  sink.answer = () => release.promise;
  await send(numbers(8));
  await sink.until((events) => events.length >= expected);
  // The while is measured in requests to the queue: a poller with a free slot would have had its message after one.
  for (let requests = 0; requests < 50; requests += 1) expect(await left()).toBe(8);
  const held = sink.events.length;
  release.resolve();
  await expect.poll(left, soon).toBe(0);
  await stop();
  return held;
}

test('S3: five batches are in flight at start', async () => {
  expect(await heldTogether(5, {})).toBe(5);
});

test('S3: MaximumConcurrency bounds the batches in flight', async () => {
  expect(await heldTogether(2, { ScalingConfig: { MaximumConcurrency: 2 } })).toBe(2);
});
