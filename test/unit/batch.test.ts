// Batches of SQS and Kafka: side by side, each under its request, only the failed handed back.
import type { MSKEvent, SQSEvent } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { kafkaBatch, sqsBatch } from '../../functions/shared/batch.ts';
import { journal } from '../../functions/shared/journal.ts';
import { log } from '../../functions/shared/logging.ts';
import { requestId } from '../../functions/shared/request-context.ts';

log.setLogLevel('SILENT');

let seen: string[];
beforeEach(() => {
  seen = [];
});
/** Notes the body and its request; fails where the body says so. */
const handle = async (body: string) => {
  seen.push(`${body} of ${requestId()}`);
  if (body.startsWith('bad')) throw new Error('no');
};

const sqsEvent = (...bodies: [body: string, requestId?: string][]) =>
  ({
    Records: bodies.map(([body, id], n) => ({
      messageId: `m${n}`,
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:jobs',
      body,
      messageAttributes: id === undefined ? {} : { 'x-request-id': { stringValue: id, dataType: 'String' } },
    })),
  }) as unknown as SQSEvent;

const kafkaEvent = (partitions: Record<string, [value: string, requestId?: string][]>) =>
  ({
    records: Object.fromEntries(
      Object.entries(partitions).map(([partition, records]) => [
        partition,
        records.map(([value, id], offset) => ({
          topic: 'jobs',
          offset: 10 + offset,
          value: Buffer.from(value).toString('base64'),
          headers: id === undefined ? [] : [{ other: [1, 2] }, { 'x-request-id': [...Buffer.from(id)] }],
        })),
      ]),
    ),
  }) as unknown as MSKEvent;

describe('SQS', () => {
  it('hands back the messages that failed, in order, and no others', async () => {
    const { batchItemFailures } = await sqsBatch(2, handle)(sqsEvent(['good'], ['bad 1'], ['fine'], ['bad 2']));

    expect(batchItemFailures).toEqual([{ itemIdentifier: 'm1' }, { itemIdentifier: 'm3' }]);
    expect(seen).toHaveLength(4);
  });

  it('runs each message under the request that caused it', async () => {
    await sqsBatch(1, handle)(sqsEvent(['a', 'r1'], ['b', 'not fit for a log\n'], ['c']));

    expect(seen).toEqual(['a of r1', 'b of -', 'c of -']);
  });

  it('has no failures in an empty batch', async () => {
    expect(await sqsBatch(3, handle)(sqsEvent())).toEqual({ batchItemFailures: [] });
  });
});

describe('Kafka', () => {
  it('names failed records by partition and offset, across partitions', async () => {
    const event = kafkaEvent({ 'jobs-0': [['good'], ['bad']], 'jobs-1': [['bad'], ['fine']] });

    expect(await kafkaBatch(3, handle)(event)).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'jobs-0', offset: 11 } }, { itemIdentifier: { partition: 'jobs-1', offset: 10 } }],
    });
  });

  it('decodes values and request ids', async () => {
    await kafkaBatch(1, handle)(kafkaEvent({ 'jobs-0': [['ä🐈', 'r1'], ['b']] }));

    expect(seen).toEqual(['ä🐈 of r1', 'b of -']);
  });
});

describe('The journal hears of every task', () => {
  const recorded = async (work: () => Promise<unknown>) => {
    const record = vi.spyOn(journal, 'record').mockResolvedValue();
    await work();
    const { calls } = record.mock;
    record.mockRestore();
    return calls;
  };
  const task = (more: object) => ({ startedAt: expect.any(Date), durationMs: expect.any(Number), ...more });

  it('of a queue, by the name in its ARN, in the order of the batch', async () => {
    expect(await recorded(() => sqsBatch(2, handle)(sqsEvent(['good', 'r1'], ['bad'])))).toEqual([
      ['jobs', [task({ id: 'm0', requestId: 'r1', error: undefined }), task({ id: 'm1', requestId: '-', error: new Error('no') })]],
    ]);
  });

  it('of a topic, by partition and offset', async () => {
    expect(await recorded(() => kafkaBatch(1, handle)(kafkaEvent({ 'jobs-0': [['bad', 'r1']], 'jobs-1': [['fine']] })))).toEqual([
      [
        'jobs',
        [task({ id: 'jobs-0/10', requestId: 'r1', error: new Error('no') }), task({ id: 'jobs-1/10', requestId: '-', error: undefined })],
      ],
    ]);
  });

  it('and of no empty batch', async () => {
    expect(await recorded(() => sqsBatch(1, handle)(sqsEvent()))).toEqual([]);
  });
});

it.each([
  [1, 1],
  [3, 3],
  [10, 6],
])('with concurrency %i of 6 records, %i run at the same time', async (concurrency, expected) => {
  let running = 0;
  let most = 0;
  await sqsBatch(concurrency, async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
  })(sqsEvent(...Array.from({ length: 6 }, (_, n): [string] => [String(n)])));

  expect(most).toBe(expected);
});
