import { expect, test, vi } from 'vitest';
import { soon } from './event-sink.ts';
import { bodiesOf, queueFixture } from './sqs-fixture.ts';

vi.setConfig({ testTimeout: 30_000 });

const fifo = { FifoQueue: true, ContentBasedDeduplication: true };
/** `a1` belongs to group `a`. */
const grouped = (body: string) => ({ MessageGroupId: body[0] });

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
  const { sink, send, left, stop } = await queueFixture({ BatchSize: 1 }, fifo);
  const held = Promise.withResolvers<void>();
  sink.answer = (event) => (event.Records[0].body === 'a1' ? held.promise : undefined);
  await send(['a1', 'a2', 'b1', 'b2', 'a3'], grouped);
  await sink.until((events) => bodiesOf(events).includes('b2'));
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('a'))).toEqual(['a1']);
  held.resolve();
  await sink.until((events) => events.length === 5);
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
  expect(bodiesOf(sink.events).filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  await expect.poll(left, soon).toBe(0);
  await stop();
});

test('S7: a failing group blocks only itself and resumes where it failed', async () => {
  const { sink, send, left, stop } = await queueFixture({ FunctionResponseTypes: ['ReportBatchItemFailures'] }, fifo);
  let failures = 0;
  sink.answer = ({ Records }) => {
    const bad = Records.filter((record: { body: string }) => record.body === 'a1' && failures === 0);
    failures += bad.length;
    return { batchItemFailures: bad.map((record: { messageId: string }) => ({ itemIdentifier: record.messageId })) };
  };
  await send(['a1', 'b1', 'a2', 'b2'], grouped);
  await sink.until((events) => bodiesOf(events).length === 5);
  await expect.poll(left, soon).toBe(0);
  const bodies = bodiesOf(sink.events);
  expect(bodies.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a1', 'a2']);
  expect(bodies.indexOf('b2')).toBeLessThan(bodies.lastIndexOf('a1'));
  await stop();
});

test('S8: a queue whose visibility timeout is below the function timeout is refused', async () => {
  await expect(queueFixture({}, { VisibilityTimeout: 4 }, { Timeout: 5 })).rejects.toThrow(
    'Queue visibility timeout: 4 seconds is less than Function timeout: 5 seconds',
  );
});
