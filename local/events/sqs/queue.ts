// The SQS calls that a poller makes, for one queue.
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Sized } from '../batch.ts';
import { toRecord } from './record.ts';

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

/** @param endpoint of SQS on this machine; @param arn `arn:aws:sqs:region:account:name` */
export function openQueue(endpoint: string, arn: string): Queue {
  const [, , , region, account, name] = arn.split(':') as [string, string, string, string, string, string];
  const client = new SQSClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  const QueueUrl = `${endpoint.replace(/\/$/, '')}/${account}/${name}`;
  const entries = (messages: readonly Received[]) =>
    messages.map((message, index) => ({ Id: String(index), ReceiptHandle: message.receiptHandle }));
  return {
    arn,
    fifo: name.endsWith('.fifo'),
    visibilityTimeoutSeconds: async () => {
      const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }));
      return Number(Attributes?.VisibilityTimeout ?? 30);
    },
    receive: async (count, waitSeconds) => {
      const { Messages } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(count, BATCH_CALL),
          WaitTimeSeconds: waitSeconds,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      const receivedAt = Date.now();
      return (Messages ?? []).map((message) => ({
        messageId: message.MessageId ?? '',
        receiptHandle: message.ReceiptHandle ?? '',
        receivedAt,
        json: JSON.stringify(toRecord(message, arn)),
      }));
    },
    delete: async (messages) => {
      const answers = await Promise.all(
        chunks(messages).map((chunk) => client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: entries(chunk) }))),
      );
      const failed = answers.flatMap((answer) => answer.Failed ?? []);
      if (failed.length > 0)
        throw new Error(`${failed.length} messages of ${name} were not deleted: ${failed[0]?.Message ?? failed[0]?.Code}`);
    },
    giveBack: async (messages) => {
      const visible = (chunk: readonly Received[]) => entries(chunk).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await Promise.all(
        chunks(messages).map((chunk) => client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries: visible(chunk) }))),
      );
    },
    close: () => client.destroy(),
  };
}

const chunks = (messages: readonly Received[]): Received[][] =>
  Array.from({ length: Math.ceil(messages.length / BATCH_CALL) }, (_, index) =>
    messages.slice(index * BATCH_CALL, (index + 1) * BATCH_CALL),
  );
