// How many messages a queue holds, as SQS counts them: right within a minute on AWS.
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface Counts {
  /** Delayed ones too: they wait as well. */
  readonly waiting: number;
  readonly inFlight: number;
}

const DEADLINE_MS = 2_000;

export const queueCounts =
  (sqs: SQSClient) =>
  async (url: string): Promise<Counts> => {
    const { Attributes: counted = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessagesNotVisible'],
      }),
      { abortSignal: AbortSignal.timeout(DEADLINE_MS) },
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesDelayed, ApproximateNumberOfMessagesNotVisible } = counted;
    return {
      waiting: Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesDelayed),
      inFlight: Number(ApproximateNumberOfMessagesNotVisible),
    };
  };
