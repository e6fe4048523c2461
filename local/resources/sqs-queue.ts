// AWS::SQS::Queue: a queue in fauxqs. Its attributes follow the template at each start, its messages stay.
import type { Host } from '../host.ts';
import { sqsClient } from '../services/sqs-client.ts';
import { physicalName } from './physical-name.ts';
import { reasons } from './reasons.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

/** SQS's defaults: what a property goes back to when it leaves the template. An empty RedrivePolicy is none. */
const defaults: Readonly<Record<string, string>> = {
  DelaySeconds: '0',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedrivePolicy: '',
  VisibilityTimeout: '30',
};

export const module: ResourceModule = {
  type: 'AWS::SQS::Queue',
  honours: [...Object.keys(defaults), 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoQueue', 'QueueName'],
  ignores: {
    FifoThroughputLimit: reasons.capacity,
    KmsDataKeyReusePeriodSeconds: reasons.encryption,
    KmsMasterKeyId: reasons.encryption,
    RedriveAllowPolicy: reasons.access,
    SqsManagedSseEnabled: reasons.encryption,
    Tags: reasons.label,
  },
  refuses: ({ properties }) =>
    properties.DeduplicationScope === 'messageGroup'
      ? [
          'DeduplicationScope messageGroup: SQS deduplicates over the whole queue here, which would drop messages. Use `queue`, or ids that are unique over all groups and no scope',
        ]
      : [],
  create,
};

async function create(resource: Resource, { storage, options }: Host): Promise<Created> {
  const name = queueName(resource);
  const sqs = sqsClient(storage.url);
  const { QueueUrl } = await sqs.call<{ QueueUrl: string }>('CreateQueue', { QueueName: name });
  await sqs.call('SetQueueAttributes', { QueueUrl, Attributes: queueAttributes(resource.properties) });
  sqs.close();
  return { ref: QueueUrl, attributes: { Arn: `arn:aws:sqs:${options.region}:${options.account}:${name}`, QueueName: name, QueueUrl } };
}

/** At most 80 characters, and the suffix that SQS demands of FIFO queues. */
function queueName(resource: Resource): string {
  const { QueueName, FifoQueue } = resource.properties;
  if (QueueName) return String(QueueName);
  return isTrue(FifoQueue) ? `${physicalName(resource, 75)}.fifo` : physicalName(resource, 80);
}

function queueAttributes(properties: Resource['properties']): Record<string, string> {
  const own = Object.keys(defaults).flatMap((name) => (properties[name] === undefined ? [] : [[name, asText(properties[name])] as const]));
  const fifo = isTrue(properties.FifoQueue) ? { ContentBasedDeduplication: String(isTrue(properties.ContentBasedDeduplication)) } : {};
  return { ...defaults, ...Object.fromEntries(own), ...fifo };
}

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

const isTrue = (value: unknown) => String(value) === 'true';
