// A connection that does not ask to resume is served a moment after it came. One that does is served what it asked for and nothing before that.
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { traceAttributes } from '../../shared/tracing/trace-context.ts';

export const Greeting = z.object({
  id: z.string(),
  /** Position of the stream when the connection came. */
  after: z.int(),
});
export type Greeting = z.infer<typeof Greeting>;

export interface Greetings {
  send(greeting: Greeting): Promise<void>;
}

export const greetingQueue = (sqs: SQSClient, queueUrl: string): Greetings => ({
  async send(greeting) {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(greeting), MessageAttributes: traceAttributes() }),
    );
  },
});
