// Where asynchronous events go that failed for good (L11): an invocation record to the on-failure destination, the event itself to the dead-letter queue.
import { GetQueueUrlCommand, SendMessageCommand, type SendMessageCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import type { FailedEvent } from './asynchronous-invoke.ts';

export interface FailureTargets {
  readonly functionArn: string;
  /** ARNs of SQS queues. */
  readonly onFailure: string | undefined;
  readonly deadLetter: string | undefined;
}

export interface QueueSender {
  /** Sends to the queue with this ARN. */
  send(queueArn: string, message: Omit<SendMessageCommandInput, 'QueueUrl'>): Promise<void>;
  stop(): void;
}

/** `endpoint` is the SQS of this host. */
export function queueSender(endpoint: string, region: string): QueueSender {
  let client: SQSClient | undefined;
  return {
    async send(queueArn, message) {
      client ??= new SQSClient({
        endpoint,
        region,
        useQueueUrlAsEndpoint: false,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queueArn.split(':')[5] }));
      await client.send(new SendMessageCommand({ QueueUrl, ...message }));
    },
    stop: () => client?.destroy(),
  };
}

/** Sends to both targets, as far as they are set. */
export async function reportFailure(event: FailedEvent, targets: FailureTargets, queue: QueueSender, now = new Date()): Promise<void> {
  if (targets.onFailure !== undefined)
    await queue.send(targets.onFailure, { MessageBody: JSON.stringify(invocationRecord(event, targets.functionArn, now)) });
  if (targets.deadLetter !== undefined) {
    await queue.send(targets.deadLetter, {
      MessageBody: event.payload,
      MessageAttributes: {
        RequestID: { DataType: 'String', StringValue: event.requestId },
        ErrorCode: { DataType: 'Number', StringValue: event.result ? '200' : '429' },
        ErrorMessage: { DataType: 'String', StringValue: errorMessage(event).slice(0, 1024) },
      },
    });
  }
}

function errorMessage({ result }: FailedEvent): string {
  if (result === undefined) return 'Rate Exceeded.';
  return (JSON.parse(result.payload) as { errorMessage?: string }).errorMessage || 'Unknown';
}

const invocationRecord = (
  { requestId, payload, condition, approximateInvokeCount, result }: FailedEvent,
  functionArn: string,
  now: Date,
) => ({
  version: '1.0',
  timestamp: now.toISOString(),
  requestContext: { requestId, functionArn: `${functionArn}:$LATEST`, condition, approximateInvokeCount },
  requestPayload: JSON.parse(payload) as unknown,
  ...(result === undefined
    ? {}
    : {
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: result.functionError },
        responsePayload: JSON.parse(result.payload) as unknown,
      }),
});
