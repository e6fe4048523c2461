// Takes dead letters out of their queue: what a letter stands for is put back first, then the letter is deleted. A kill in between leaves a
// second copy, which consumers take for what it is, and never loses one.
import { DeleteMessageCommand, type Message, ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { WatchedQueue } from './watched.ts';

export interface Bounds {
  /** No more letters than there are at the beginning: one that fails again at once would go round and round. */
  readonly letters: number;
  /** True once the call has lasted long enough. */
  readonly isOver: () => boolean;
}

/** Resolves once the letter's content is back; false where the letter has to stay. */
export type PutBack = (letter: Message) => Promise<boolean>;

/** Longer than a call takes: what it has received comes to nobody else meanwhile. */
const HIDDEN_S = 60;
/** Asks all of SQS's servers: without waiting, an answer may be empty while messages are there. */
const WAIT_S = 1;

/** How many letters were put back. Letters of one group keep their order; those without have none. */
export async function replay(sqs: SQSClient, deadLettersUrl: string, putBack: PutBack, { letters, isOver }: Bounds): Promise<number> {
  let moved = 0;
  for (let received = 0; received < letters && !isOver(); ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersUrl,
        MaxNumberOfMessages: Math.min(10, letters - received),
        VisibilityTimeout: HIDDEN_S,
        WaitTimeSeconds: WAIT_S,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) break;
    received += Messages.length;
    const groups = Object.groupBy(Messages, ({ Attributes, MessageId }) => Attributes?.MessageGroupId ?? `${MessageId}`);
    await Promise.all(
      Object.values(groups).map(async (group = []) => {
        for (const letter of group) {
          if (!(await putBack(letter))) return;
          await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle: letter.ReceiptHandle }));
          moved++;
        }
      }),
    );
  }
  return moved;
}

/** Sends the letter to the queue that it came from, with its attributes. */
export const toQueue =
  (sqs: SQSClient, { url }: WatchedQueue): PutBack =>
  async ({ Body, MessageId, MessageAttributes, Attributes }) => {
    const group = Attributes?.MessageGroupId;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: Body,
        MessageAttributes,
        // With the id that it was first sent with, SQS would swallow it for five minutes, and the delete would lose it. This one is new for each
        // life of a message, and the same where a delete failed and the letter is moved again.
        ...(url.endsWith('.fifo') && group !== undefined ? { MessageGroupId: group, MessageDeduplicationId: `replay-${MessageId}` } : {}),
      }),
    );
    return true;
  };
