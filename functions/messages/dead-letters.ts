import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { log } from '../shared/logging.ts';

export interface DeadLetters {
  /** Puts a message aside, with the reason; twice is once. */
  put(record: SQSRecord, reason: string): Promise<void>;
}

export const deadLetters = (sqs: SQSClient, queueUrl: string): DeadLetters => ({
  async put({ messageId, body, attributes, messageAttributes }, reason) {
    log.error('message put aside', { messageId, reason });
    const kept = Object.entries(messageAttributes).map(([name, { dataType, stringValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue },
    ]);
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageGroupId: attributes.MessageGroupId,
        MessageDeduplicationId: messageId,
        MessageAttributes: { ...Object.fromEntries(kept), reason: { DataType: 'String', StringValue: reason.slice(0, 1000) } },
      }),
    );
  },
});
