import { expect, test } from 'vitest';
import { type Event, soon } from './event-sink.ts';
import { bodiesOf, queueFixture } from './sqs-fixture.ts';

const partial = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const redrive = (maxReceiveCount: number) => ({
  RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount },
});

test('S4: what succeeded is deleted', async () => {
  const { sink, send, left, stop } = await queueFixture();
  await send(['a', 'b', 'c']);
  await sink.until((events) => bodiesOf(events).length === 3);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S4: after an error the batch comes again when its visibility timeout is over, not before', async () => {
  const { sink, send, left, stop } = await queueFixture();
  let cameAgainAt = 0;
  sink.answer = () => {
    if (sink.events.length === 1) throw new Error('first time fails');
    cameAgainAt = Date.now();
  };
  await send(['a']);
  const events = await sink.until((seen) => seen.length === 2);
  // From the receive on, as SQS counts: the first event may have waited for its environment.
  const receivedAt = Number(events[1].Records[0].attributes.ApproximateFirstReceiveTimestamp);
  expect(cameAgainAt - receivedAt).toBeGreaterThanOrEqual(1000);
  expect(events.map((event) => event.Records[0].attributes.ApproximateReceiveCount)).toEqual(['1', '2']);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S4: a function that times out leaves its batch in the queue', async () => {
  const { sink, send, left, stop } = await queueFixture({}, { VisibilityTimeout: 2 });
  sink.answer = () => (sink.events.length === 1 ? new Promise(() => undefined) : undefined);
  await send(['a']);
  await sink.until((events) => events.length === 2);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S4: a throttled batch waits for the function without using up receives', async () => {
  const { sink, send, left, stop } = await queueFixture({ BatchSize: 1 }, { VisibilityTimeout: 30 }, { ReservedConcurrentExecutions: 1 });
  sink.answer = () => new Promise((resolve) => setTimeout(resolve, 100));
  await send(['a', 'b', 'c']);
  await sink.until((events) => events.length === 3);
  await expect.poll(left, soon).toBe(0);
  expect(sink.events.map((event) => event.Records[0].attributes.ApproximateReceiveCount)).toEqual(['1', '1', '1']);
  await stop();
});

test('S5: a message received maxReceiveCount times goes to the dead-letter queue, body and id unchanged', async () => {
  const { sink, send, dead, stop } = await queueFixture({}, redrive(2));
  sink.answer = () => {
    throw new Error('always fails');
  };
  await send(['poison']);
  const message = await dead();
  expect(sink.events).toHaveLength(2);
  expect(message.Body).toBe('poison');
  expect(message.MessageId).toBe(sink.events[0].Records[0].messageId);
  await stop();
});

test('S6: only the reported items come again', async () => {
  const { sink, send, left, stop } = await queueFixture(partial);
  sink.answer = (event) => ({
    batchItemFailures: event.Records.filter(
      (record: Event) => record.body === 'bad' && record.attributes.ApproximateReceiveCount === '1',
    ).map((record: Event) => ({ itemIdentifier: record.messageId })),
  });
  await send(['good', 'bad', 'fine']);
  await sink.until((events) => bodiesOf(events).filter((body) => body === 'bad').length === 2);
  await expect.poll(left, soon).toBe(0);
  expect(bodiesOf(sink.events).toSorted()).toEqual(['bad', 'bad', 'fine', 'good']);
  await stop();
});

test.for([null, {}, { batchItemFailures: [] }, { batchItemFailures: null }])('S6: %j means that everything succeeded', async (answer) => {
  const { sink, send, left, stop } = await queueFixture(partial);
  sink.answer = () => answer;
  await send(['a']);
  await sink.until((events) => events.length === 1);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test.for([
  'no object',
  { batchItemFailures: 'no list' },
  { batchItemFailures: [{ foo: 'x' }] },
  { batchItemFailures: [{ itemIdentifier: null }] },
  { batchItemFailures: [{ itemIdentifier: '' }] },
  { batchItemFailures: [{ itemIdentifier: 'unknown' }] },
])('S6: %j fails the whole batch', async (answer) => {
  const { sink, send, dead, stop } = await queueFixture(partial, redrive(1));
  sink.answer = () => answer;
  await send(['a', 'b']);
  const bodies = [(await dead()).Body, (await dead()).Body];
  expect(bodies.toSorted()).toEqual(['a', 'b']);
  await stop();
});
