// Moves dead letters back to the queue that they came from: send, then delete. A kill in between leaves a second copy, which consumers take
// for what it is, and never loses one.
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WatchedQueue } from './watched.ts';

/** One call ends well before API Gateway's 29 s. */
export interface Bounds {
  readonly messages: number;
  readonly isOver: () => boolean;
}

/** Longer than a call takes: what it has received comes to nobody else meanwhile. */
const HIDDEN_S = 60;
/** Asks all of SQS's servers: without waiting, an answer may be empty while messages are there. */
const WAIT_S = 1;

/** How many were moved. */
export async function replayQueue(sqs: SQSClient, { url, deadLettersUrl }: WatchedQueue, { messages, isOver }: Bounds): Promise<number> {
  let moved = 0;
  while (moved < messages && !isOver()) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersUrl,
        MaxNumberOfMessages: Math.min(10, messages - moved),
        VisibilityTimeout: HIDDEN_S,
        WaitTimeSeconds: WAIT_S,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    await Promise.all(byGroup(Messages).map((group) => inOrder(group, (message) => move(sqs, message, url, deadLettersUrl))));
    moved += Messages.length;
  }
  return moved;
}

/** Messages of one group keep their order; those of a queue without groups have none. */
const byGroup = (messages: readonly Message[]): Message[][] =>
  Object.values(Object.groupBy(messages, ({ Attributes, MessageId }) => Attributes?.MessageGroupId ?? `${MessageId}`)) as Message[][];

async function inOrder(messages: readonly Message[], work: (message: Message) => Promise<void>): Promise<void> {
  for (const message of messages) await work(message);
}

async function move(sqs: SQSClient, { Body, MessageId, MessageAttributes, Attributes, ReceiptHandle }: Message, to: string, from: string) {
  const group = Attributes?.MessageGroupId;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: to,
      MessageBody: Body,
      MessageAttributes,
      // With the id that it was first sent with, SQS would swallow it for five minutes, and the delete would lose it. This one is new for each
      // life of a message, and the same when a delete failed and the letter is moved again.
      ...(to.endsWith('.fifo') && group !== undefined ? { MessageGroupId: group, MessageDeduplicationId: `replay-${MessageId}` } : {}),
    }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
}
