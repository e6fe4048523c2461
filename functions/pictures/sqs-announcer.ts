import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { REQUEST_ID } from '../shared/request-context.ts';
import type { Announcer } from './job.ts';

export const sqsAnnouncer = (sqs: SQSClient, queueUrl: string): Announcer => ({
  async announce({ id, key }, requestId) {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify({ id, key }),
        MessageAttributes: { [REQUEST_ID]: { DataType: 'String', StringValue: requestId } },
      }),
    );
  },
});
