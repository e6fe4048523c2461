// The way into the queue. Messages that come while a send is under way go together in the next: a queue has an order, so sends go one by one.
import { type MessageAttributeValue, SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { log } from '../shared/logging.ts';
import { REQUEST_ID } from '../shared/request-context.ts';
import { queueAt, sending } from '../shared/tracing/kinds.ts';
import { inSpan } from '../shared/tracing/span.ts';
import { currentTrace, traceAttributes } from '../shared/tracing/trace-context.ts';
import type { Pushes } from './live/pushes.ts';
import type { Message } from './message.ts';
import { sealed } from './payload.ts';

/** Entries and bytes of one batch; attributes and ids take some of SQS's 1 MiB. */
const ENTRIES = 10;
const BYTES = 900_000;

interface Waiting {
  readonly message: Message;
  readonly taken: () => void;
  readonly refused: (reason: Error) => void;
}

export interface Intake {
  /** Resolves when the queue holds the message, and listeners are being told. */
  accept(message: Message): Promise<void>;
}

/** While messages come side by side, a batch waits for those of the next moments: a call for each costs the host more than the wait costs them. */
const GATHER_MS = 8;

export function intake(sqs: SQSClient, queueUrl: string, pushes: Pushes, pause: (milliseconds: number) => Promise<void>): Intake {
  const queue = queueAt(queueUrl);
  const waiting: Waiting[] = [];
  let isSending = false;
  let isBusy = false;

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0) {
      if (isBusy && waiting.length < ENTRIES) await pause(GATHER_MS);
      const batch = nextBatch(waiting);
      isBusy = batch.length > 1;
      await send(batch);
    }
    isSending = false;
  }

  async function send(batch: readonly Waiting[]): Promise<void> {
    const refusals = await enqueue(batch.map(({ message }) => message));
    const taken = batch.filter((_, index) => !refusals.has(index));
    // Listeners hear of a message at the latest when it is stored: whoever sent it is not told that this failed.
    if (taken.length > 0)
      await pushes
        .received(taken.map(({ message }) => message))
        .catch((error: unknown) => log.warn('receipt not pushed, listeners hear of it with the storage', error as Error));
    for (const [index, { taken, refused }] of batch.entries()) {
      const reason = refusals.get(index);
      if (reason) refused(reason);
      else taken();
    }
  }

  /** By place in the batch, why a message was not taken. */
  async function enqueue(messages: readonly Message[]): Promise<Map<number, Error>> {
    try {
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: messages.map(entry) }));
      return new Map(
        Failed.map(({ Id, Code, Message }) => [Number(Id), new Error(`the queue refused a message: ${Code} ${Message ?? ''}`)]),
      );
    } catch (error) {
      return new Map(messages.map((_, index) => [index, error as Error]));
    }
  }

  return {
    accept: (message) =>
      inSpan(
        `send ${queue}`,
        sending('aws_sqs', queue),
        () =>
          new Promise((taken, refused) => {
            waiting.push({ message: { ...message, trace: currentTrace() }, taken, refused });
            void sendAll();
          }),
      ),
  };
}

/** Takes from the front what fits into one call. */
function nextBatch(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  const fits = ({ message }: Waiting, index: number) => {
    bytes += Buffer.byteLength(sealed(message.text));
    return index === 0 || (index < ENTRIES && bytes <= BYTES);
  };
  const end = waiting.findIndex((one, index) => !fits(one, index));
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

const attribute = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });

/** One order for all channels: ids follow the order of receipt. */
const GROUP = 'all';

/** The payload is the body but for a mark: quoted in JSON again, a payload of 256 KiB would not fit. */
const entry = ({ key, channel, text, at, requestId, trace }: Message, index: number) => ({
  Id: String(index),
  MessageBody: sealed(text),
  MessageGroupId: GROUP,
  MessageDeduplicationId: key,
  MessageAttributes: {
    key: attribute(key),
    channel: attribute(channel),
    at: attribute(at),
    [REQUEST_ID]: attribute(requestId),
    ...traceAttributes(trace),
  },
});
