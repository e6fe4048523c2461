// The queue of everything that connections are to be told, and of what they ask for. It is one message group: one order for all.
import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { queueAt, sending } from '../../shared/tracing/kinds.ts';
import { inSpan, inSpans, REQUEST_ID_ATTRIBUTE, type SpanOptions } from '../../shared/tracing/span.ts';
import { TraceContext, traceAttributes } from '../../shared/tracing/trace-context.ts';
import type { Message, StoredMessage } from '../message.ts';
import { queueable } from '../payload.ts';
import { MAX_MESSAGE_BYTES } from './event.ts';

/** What happened to a message. `text` is empty where the payload is too large for a frame. */
const Received = z.object({
  key: z.string(),
  channel: z.string(),
  text: z.string(),
  at: z.string(),
  requestId: z.string(),
  /** A push is told for several requests at once: each has its own, here and not among the attributes. */
  trace: TraceContext.optional(),
});
const Stored = Received.extend({ id: z.int() });
const Position = z.int().min(0);

export const Push = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('received'), messages: z.array(Received) }),
  /** In the order of their ids, without a gap. */
  z.object({ kind: z.literal('stored'), messages: z.array(Stored) }),
  /** New connections that have not asked to resume are served from the position at which they came. */
  z.object({ kind: z.literal('join'), connections: z.array(z.object({ id: z.string(), after: Position })) }),
  /**
   * `asked` is what the client sent, `saidAt` when it came in, in ms; `after` moves on while its history is told piece by piece. The token tells two
   * requests apart.
   */
  z.object({ kind: z.literal('resume'), id: z.string(), token: z.string(), saidAt: z.number(), asked: Position, after: Position }),
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
  const queue = queueAt(queueUrl);
  const name = `send ${queue}`;

  async function send(push: Push, deduplicationId: string): Promise<void> {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: queueable(JSON.stringify(push)),
        MessageGroupId: GROUP,
        MessageDeduplicationId: deduplicationId,
        ...('messages' in push ? {} : { MessageAttributes: traceAttributes() }),
      }),
    );
  }

  /** In each message's own trace. */
  const tell = <M extends Message>(messages: readonly M[], sendAll: (messages: M[]) => Promise<void>): Promise<void> =>
    inSpans(
      name,
      messages.map((message) => spanOf(queue, message)),
      (carriers) => sendAll(messages.map((message, index) => fitting({ ...message, trace: carriers[index] }))),
    );

  return {
    received: (all) => tell(all, (messages) => send({ kind: 'received', messages }, `received-${all[0]?.key}`)),
    // Not deduplicated by its ids: when the consumer tells them again, nobody knows whether the first time was heard.
    stored: (all) => tell(all, (messages) => send({ kind: 'stored', messages }, `stored-${randomUUID()}`)),
    ask: (push) => inSpan(name, sending('aws_sqs', queue), () => send(push, `${push.kind}-${randomUUID()}`)),
  };
}

const spanOf = (queue: string, { trace, requestId }: Message): SpanOptions | undefined =>
  trace && { ...sending('aws_sqs', queue, { [REQUEST_ID_ATTRIBUTE]: requestId }), parent: trace };

const fitting = <M extends Message>(message: M): M =>
  Buffer.byteLength(message.text) > MAX_MESSAGE_BYTES ? { ...message, text: '' } : message;
