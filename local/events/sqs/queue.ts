// The SQS calls that a poller makes, for one queue.

import { sqsClient } from '../../services/sqs-client.ts';
import type { Sized } from '../batch.ts';
import { type Message, toRecord } from './record.ts';

export interface Received extends Sized {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** `Date.now()` of the receive: the visibility timeout counts from here. */
  readonly receivedAt: number;
}

export interface Queue {
  readonly arn: string;
  readonly fifo: boolean;
  visibilityTimeoutSeconds(): Promise<number>;
  /** At most 10, as SQS hands out; waits up to `waitSeconds` (0–20) for the first one. */
  receive(count: number, waitSeconds: number): Promise<Received[]>;
  /** Rejects when any of them could not be deleted: those will come again. */
  delete(messages: readonly Received[]): Promise<void>;
  /** Makes them visible again at once. */
  giveBack(messages: readonly Received[]): Promise<void>;
  close(): void;
}

const BATCH_CALL = 10;

interface BatchAnswer {
  readonly Failed?: readonly { readonly Code: string; readonly Message?: string }[];
}

/** @param endpoint of SQS on this machine; @param arn `arn:aws:sqs:region:account:name` */
export function openQueue(endpoint: string, arn: string): Queue {
  const [, , , , account, name] = arn.split(':') as [string, string, string, string, string, string];
  const client = sqsClient(endpoint);
  const QueueUrl = `${endpoint.replace(/\/$/, '')}/${account}/${name}`;
  const entries = (messages: readonly Received[]) =>
    messages.map((message, index) => ({ Id: String(index), ReceiptHandle: message.receiptHandle }));
  return {
    arn,
    fifo: name.endsWith('.fifo'),
    visibilityTimeoutSeconds: async () => {
      const { Attributes } = await client.call<{ Attributes?: { VisibilityTimeout?: string } }>('GetQueueAttributes', {
        QueueUrl,
        AttributeNames: ['VisibilityTimeout'],
      });
      return Number(Attributes?.VisibilityTimeout ?? 30);
    },
    receive: async (count, waitSeconds) => {
      const { Messages } = await client.call<{ Messages?: Message[] }>('ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: Math.min(count, BATCH_CALL),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      const receivedAt = Date.now();
      return (Messages ?? []).map((message) => ({
        messageId: message.MessageId,
        receiptHandle: message.ReceiptHandle,
        receivedAt,
        json: JSON.stringify(toRecord(message, arn)),
      }));
    },
    delete: async (messages) => {
      const answers = await Promise.all(
        chunks(messages).map((chunk) => client.call<BatchAnswer>('DeleteMessageBatch', { QueueUrl, Entries: entries(chunk) }, true)),
      );
      const failed = answers.flatMap((answer) => answer.Failed ?? []);
      if (failed.length > 0)
        throw new Error(`${failed.length} messages of ${name} were not deleted: ${failed[0]?.Message ?? failed[0]?.Code}`);
    },
    giveBack: async (messages) => {
      const visible = (chunk: readonly Received[]) => entries(chunk).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await Promise.all(
        chunks(messages).map((chunk) => client.call('ChangeMessageVisibilityBatch', { QueueUrl, Entries: visible(chunk) }, true)),
      );
    },
    close: () => client.close(),
  };
}

const chunks = (messages: readonly Received[]): Received[][] =>
  Array.from({ length: Math.ceil(messages.length / BATCH_CALL) }, (_, index) =>
    messages.slice(index * BATCH_CALL, (index + 1) * BATCH_CALL),
  );
