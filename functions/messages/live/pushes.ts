// The queue of everything that connections are to be told, and of what they ask for. It is one message group: one order for all.
import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Message, StoredMessage } from '../message.ts';
import { queueable } from '../payload.ts';
import { MAX_MESSAGE_BYTES } from './event.ts';

/** What happened to a message. `text` is empty where the payload is too large for a frame. */
const Received = z.object({ key: z.string(), channel: z.string(), text: z.string(), at: z.string(), requestId: z.string() });
const Stored = Received.extend({ id: z.int() });
const Position = z.int().min(0);

export const Push = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('received'), messages: z.array(Received) }),
  /** In the order of their ids, without a gap. */
  z.object({ kind: z.literal('stored'), messages: z.array(Stored) }),
  /** New connections that have not asked to resume are served from the position at which they came. */
  z.object({ kind: z.literal('join'), connections: z.array(z.object({ id: z.string(), after: Position })) }),
  /** `asked` is what the client sent; `after` moves on while its history is told piece by piece. The token tells two requests apart. */
  z.object({ kind: z.literal('resume'), id: z.string(), token: z.string(), asked: Position, after: Position }),
  z.object({ kind: z.literal('subscribe'), id: z.string(), channels: z.array(z.string()).optional() }),
]);
export type Push = z.infer<typeof Push>;

export interface Pushes {
  received(messages: readonly Message[]): Promise<void>;
  stored(messages: readonly StoredMessage[]): Promise<void>;
  /** What connections ask for. */
  ask(push: Exclude<Push, { readonly kind: 'received' | 'stored' }>): Promise<void>;
}

const GROUP = 'all';

export function pushQueue(sqs: SQSClient, queueUrl: string): Pushes {
  const send = async (push: Push, deduplicationId: string) => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: queueable(JSON.stringify(push)),
        MessageGroupId: GROUP,
        MessageDeduplicationId: deduplicationId,
      }),
    );
  };
  return {
    received: (messages) => send({ kind: 'received', messages: messages.map(fitting) }, `received-${messages[0]?.key}`),
    // Not deduplicated by its ids: when the consumer tells them again, nobody knows whether the first time was heard.
    stored: (messages) => send({ kind: 'stored', messages: messages.map(fitting) }, `stored-${randomUUID()}`),
    ask: (push) => send(push, `${push.kind}-${randomUUID()}`),
  };
}

const fitting = <M extends Message>(message: M): M =>
  Buffer.byteLength(message.text) > MAX_MESSAGE_BYTES ? { ...message, text: '' } : message;
