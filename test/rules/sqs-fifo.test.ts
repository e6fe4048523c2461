import { expect, test } from 'vitest';
import { type Event, soon } from './event-sink.ts';
import { refusal } from './fixture.ts';
import { bodiesOf, queueFixture } from './sqs-fixture.ts';

const fifo = { FifoQueue: true, ContentBasedDeduplication: true };
/** `a1` belongs to group `a`. */
const grouped = (body: string) => ({ MessageGroupId: body[0] });
const ten = Array.from({ length: 10 }, (_, index) => `a${index}`);

test('S7: a record of a FIFO queue tells its group, deduplication id and sequence number', async () => {
  const { sink, send, stop } = await queueFixture({}, fifo);
  await send(['a1'], grouped);
  const [event] = await sink.until((events) => events.length === 1);
  expect(event.Records[0].attributes).toMatchObject({
    MessageGroupId: 'a',
    MessageDeduplicationId: expect.any(String),
    SequenceNumber: expect.stringMatching(/^\d+$/),
  });
  await stop();
});

test('S7: a group is in order with one batch in flight, while other groups run', async () => {
  const { sink, send, left, stop } = await queueFixture({ BatchSize: 1 }, { ...fifo, VisibilityTimeout: 30 }, { Timeout: 20 });
  const held = Promise.withResolvers<void>();
  sink.answer = (event) => (event.Records[0].body === 'a1' ? held.promise : undefined);
  await send(['a1', 'a2', 'b1', 'b2', 'a3'], grouped);
  await sink.until((events) => ['a1', 'b2'].every((body) => bodiesOf(events).includes(body)));
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('a'))).toEqual(['a1']);
  held.resolve();
  await sink.until((events) => events.length === 5);
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S7: ten messages of one group come as one batch, in order', async () => {
  const { sink, send, left, stop } = await queueFixture({}, fifo);
  await send(ten, grouped);
  await sink.until((events) => bodiesOf(events).length === 10);
  expect(sink.events.map((event) => bodiesOf([event]))).toEqual([ten]);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S7: a failing group blocks only itself and resumes, in order, where it failed', async () => {
  const { sink, send, left, stop } = await queueFixture({ FunctionResponseTypes: ['ReportBatchItemFailures'] }, fifo);
  let failed = false;
  sink.answer = ({ Records }: Event) => {
    const from = Records.findIndex((record: Event) => record.body === 'a4');
    if (failed || from === -1) return undefined;
    failed = true;
    return { batchItemFailures: Records.slice(from).map((record: Event) => ({ itemIdentifier: record.messageId })) };
  };
  await send(ten, grouped);
  await sink.until((events) => events.length === 1);
  await send(['b1', 'b2'], grouped);
  await sink.until((events) => bodiesOf(events).length === 18);
  await expect.poll(left, soon).toBe(0);
  const bodies = bodiesOf(sink.events);
  expect(bodies.filter((body) => body.startsWith('a'))).toEqual([...ten, ...ten.slice(4)]);
  expect(bodies.indexOf('b2')).toBeLessThan(bodies.lastIndexOf('a4'));
  await stop();
});

test('S7: a batch whose visibility timeout ended comes again in order', async () => {
  const { sink, send, left, stop } = await queueFixture({}, fifo);
  sink.answer = ({ Records }: Event) => {
    if (Records[0].attributes.ApproximateReceiveCount === '1') throw new Error('fails once');
  };
  await send(ten, grouped);
  await sink.until((events) => bodiesOf(events).length === 20);
  expect(bodiesOf(sink.events)).toEqual([...ten, ...ten]);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S7: what is too large for one event waits for its group', async () => {
  const { sink, send, left, stop } = await queueFixture({}, { ...fifo, VisibilityTimeout: 30 }, { Timeout: 20 });
  const megabyte = (body: string) => body.padEnd(1_000_000, '.');
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  sink.answer = ({ Records }: Event) => (Records[0].body.startsWith('a1') ? first.promise : second.promise);
  for (const body of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']) await send([megabyte(body)], grouped);
  first.resolve();
  await sink.until((events) => events.length === 2);
  await send(['b1'], grouped);
  await sink.until((events) => bodiesOf(events).includes('b1'));
  expect(sink.events.map((event) => bodiesOf([event]).map((body) => body.slice(0, 2)))).toEqual([
    ['a1'],
    ['a2', 'a3', 'a4', 'a5', 'a6', 'a7'],
    ['b1'],
  ]);
  second.resolve();
  await sink.until((events) => bodiesOf(events).includes(megabyte('a8')));
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S8: a queue whose visibility timeout is below the function timeout is refused', async () => {
  await expect(queueFixture({}, { VisibilityTimeout: 4 }, { Timeout: 5 })).rejects.toThrow(
    refusal('Queue visibility timeout: 4 seconds is less than Function timeout: 5 seconds'),
  );
});
