// Where batches go that a mapping gives up: a queue gets the metadata, a bucket the records too (K6).
import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type EventSource, partitionName, type TopicRecord } from './kafka/record.ts';

export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface DiscardedBatch {
  readonly batch: readonly TopicRecord[];
  readonly condition: DiscardCondition;
  readonly invocations: number;
  readonly functionArn: string;
  readonly source: EventSource;
  /** The event that the function could not process, JSON text. */
  readonly event: string;
}

export interface FailureDestination {
  send(discarded: DiscardedBatch): Promise<void>;
  close(): void;
}

/** The documented record, without its payload. A batch that expired before any invocation has no answer to tell of. */
export function invocationRecord({ batch, condition, invocations, functionArn, source, event }: DiscardedBatch, now: Date) {
  const first = batch[0];
  const last = batch.at(-1);
  if (!first || !last) throw new Error('A discarded batch holds at least one record.');
  return {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    responseContext: invocations === 0 ? null : { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: now.toISOString(),
    KafkaBatchInfo: {
      batchSize: batch.length,
      ...(source.arn && { eventSourceArn: source.arn }),
      bootstrapServers: source.bootstrapServers,
      payloadSize: Buffer.byteLength(event),
      recordsInfo: {
        [partitionName(first)]: {
          firstRecordOffset: String(first.offset),
          lastRecordOffset: String(last.offset),
          firstRecordTimestamp: new Date(first.timestampMs).toISOString(),
          lastRecordTimestamp: new Date(last.timestampMs).toISOString(),
        },
      },
    },
  };
}

/**
 * @param arn of an SQS queue or an S3 bucket
 * @param endpoint of both services here
 * @param mappingId part of the name of a bucket's objects
 */
export function failureDestination(arn: string, endpoint: string, region: string, mappingId: string): FailureDestination {
  const [, , service, , account, name = ''] = arn.split(':');
  const options = { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  if (service === 'sqs') {
    const client = new SQSClient({ ...options, useQueueUrlAsEndpoint: false });
    const QueueUrl = `${endpoint}/${account}/${name}`;
    return {
      send: async (discarded) => {
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(invocationRecord(discarded, new Date())) }));
      },
      close: () => client.destroy(),
    };
  }
  const client = new S3Client({ ...options, forcePathStyle: true });
  return {
    send: async (discarded) => {
      const now = new Date();
      const Body = JSON.stringify({ ...invocationRecord(discarded, now), payload: discarded.event });
      const Key = objectKey(mappingId, discarded.batch[0] ? partitionName(discarded.batch[0]) : '', now);
      await client.send(new PutObjectCommand({ Bucket: name, Key, Body, ContentType: 'application/json' }));
    },
    close: () => client.destroy(),
  };
}

/** `aws/lambda/<mapping>/<topic>-<partition>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<uuid>` */
function objectKey(mappingId: string, partition: string, now: Date): string {
  const [day = '', time = ''] = now.toISOString().slice(0, 19).split('T');
  return `aws/lambda/${mappingId}/${partition}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`;
}
