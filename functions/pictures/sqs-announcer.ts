import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { REQUEST_ID } from '../shared/request-context.ts';
import { queueAt, sending } from '../shared/tracing/kinds.ts';
import { inSpan, REQUEST_ID_ATTRIBUTE } from '../shared/tracing/span.ts';
import { traceAttributes } from '../shared/tracing/trace-context.ts';
import type { Announcer } from './job.ts';

export const sqsAnnouncer = (sqs: SQSClient, queueUrl: string): Announcer => ({
  async announce({ id, key }, requestId) {
    const queue = queueAt(queueUrl);
    await inSpan(`send ${queue}`, sending('aws_sqs', queue, { [REQUEST_ID_ATTRIBUTE]: requestId }), () =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ id, key }),
          MessageAttributes: { [REQUEST_ID]: { DataType: 'String', StringValue: requestId }, ...traceAttributes() },
        }),
      ),
    );
  },
});
