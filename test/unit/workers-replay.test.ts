// Dead letters back into their queue, on the real queue service of the host.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { queueCounts } from '../../functions/workers/counts.ts';
import { replay, toQueue } from '../../functions/workers/replay.ts';
import { createLog } from '../../local/log.ts';
import { type Storage, storage } from '../../local/services/s3-and-sqs.ts';
import { sqsClient } from './storage-clients.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-replay-'));
let running: Storage;
let sqs: SQSClient;
let queues = 0;
let url: string;
let deadLettersUrl: string;

beforeAll(async () => {
  running = await storage({ dataDir, region: 'us-east-1', account: '000000000000', log: createLog('error') });
  sqs = sqsClient(running.url);
});
afterAll(async () => {
  sqs.destroy();
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function create(suffix = '', Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `q${queues++}${suffix}`, Attributes }));
  return QueueUrl;
}
const open = { letters: 1_000, isOver: () => false };
const run = (
  bounds = open,
  putBack = toQueue(sqs, { kind: 'queue', name: 'q', description: '', source: 'q', url, deadLettersUrl, consumers: [] }),
) => replay(sqs, deadLettersUrl, putBack, bounds);
const left = async (at: string) => (await queueCounts(sqs)(at)).waiting;
const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));

/** Everything in the queue, in the order in which it comes. */
async function drained(QueueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (!Messages?.length) return all;
    all.push(...Messages);
  }
}

describe('a standard queue', () => {
  beforeEach(async () => {
    url = await create();
    deadLettersUrl = await create();
  });

  it('gets every letter back, more than one batch of them, with attributes', async () => {
    const MessageAttributes = {
      'x-request-id': { DataType: 'String', StringValue: 'r1' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    };
    for (let n = 0; n < 23; n++) await send(deadLettersUrl, `letter ${n}`, { MessageAttributes });

    expect(await run()).toBe(23);

    const back = await drained(url);
    expect(back.map(({ Body }) => Body).sort()).toEqual(Array.from({ length: 23 }, (_, n) => `letter ${n}`).sort());
    expect(back[0]?.MessageAttributes).toEqual(MessageAttributes);
    expect(await queueCounts(sqs)(deadLettersUrl)).toEqual({ waiting: 0, inFlight: 0 });
  });

  it('gets no more than there were at the beginning', async () => {
    for (let n = 0; n < 15; n++) await send(deadLettersUrl, 'letter');

    expect(await run({ ...open, letters: 12 })).toBe(12);

    expect([await left(url), await left(deadLettersUrl)]).toEqual([12, 3]);
  });

  it('gets none once the time is over', async () => {
    await send(deadLettersUrl, 'letter');

    expect(await run({ ...open, isOver: () => true })).toBe(0);
  });

  it('loses none where sending fails: the letter stays', async () => {
    await send(deadLettersUrl, 'letter');
    const broken = async () => {
      throw new Error('the queue is away');
    };

    await expect(run(open, broken)).rejects.toThrow('away');
    expect(await queueCounts(sqs)(deadLettersUrl)).toEqual({ waiting: 0, inFlight: 1 });
  });
});

describe('a FIFO queue', () => {
  beforeEach(async () => {
    url = await create('.fifo', { FifoQueue: 'true' });
    deadLettersUrl = await create('.fifo', { FifoQueue: 'true' });
  });

  it('gets back what it has seen a moment ago, in the order of each group', async () => {
    for (let n = 0; n < 14; n++) {
      const fifo = { MessageGroupId: n % 2 ? 'odd' : 'even', MessageDeduplicationId: `first-${n}` };
      await send(url, String(n), fifo);
      await send(deadLettersUrl, String(n), fifo);
    }

    expect(await run()).toBe(14);

    expect(await left(url)).toBe(28);
    const back = await drainedByGroup();
    expect(back.even).toEqual(['0', '2', '4', '6', '8', '10', '12', '0', '2', '4', '6', '8', '10', '12']);
    expect(back.odd).toEqual(['1', '3', '5', '7', '9', '11', '13', '1', '3', '5', '7', '9', '11', '13']);
  });

  it('gets a letter once though its delete was lost', async () => {
    await send(deadLettersUrl, 'letter', { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
    const { Messages: [letter] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLettersUrl, VisibilityTimeout: 0, MessageSystemAttributeNames: ['All'] }),
    );
    const putBack = toQueue(sqs, { kind: 'queue', name: 'q', description: '', source: 'q', url, deadLettersUrl, consumers: [] });
    await putBack(letter as Message);

    expect(await run()).toBe(1);

    expect([await left(url), await left(deadLettersUrl)]).toEqual([1, 0]);
  });

  async function drainedByGroup() {
    const groups: Record<string, (string | undefined)[]> = {};
    for (;;) {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
      );
      if (!Messages?.length) return groups;
      for (const { Body, Attributes, ReceiptHandle } of Messages) {
        groups[Attributes?.MessageGroupId ?? ''] = [...(groups[Attributes?.MessageGroupId ?? ''] ?? []), Body];
        await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      }
    }
  }
});
