// AWS::Lambda::EventSourceMapping: feeds a function from an SQS queue or a Kafka topic.
import { failureDestination } from '../events/failure-destination.ts';
import { stableUuid } from '../events/identity.ts';
import { startConsuming } from '../events/kafka/mapping.ts';
import { kafkaRefusals, kafkaSettings, timeoutRefusal } from '../events/kafka/settings.ts';
import { startPolling } from '../events/sqs/poller.ts';
import { openQueue } from '../events/sqs/queue.ts';
import { sqsRefusals, sqsSettings } from '../events/sqs/settings.ts';
import { type MappingStats, newStats, type RunningMapping } from '../events/stats.ts';
import type { Host } from '../host.ts';
import type { LambdaFunction } from '../lambda/registry.ts';
import type { Created, Resource, ResourceModule } from './resource.ts';

export interface CreatedMapping extends Created {
  stats(): Readonly<MappingStats>;
}

export const module = {
  type: 'AWS::Lambda::EventSourceMapping',
  honours: [
    'EventSourceArn',
    'FunctionName',
    'Enabled',
    'BatchSize',
    'MaximumBatchingWindowInSeconds',
    'FunctionResponseTypes',
    'ScalingConfig',
    'Topics',
    'StartingPosition',
    'StartingPositionTimestamp',
    'AmazonManagedKafkaEventSourceConfig',
    'SelfManagedEventSource',
    'SelfManagedKafkaEventSourceConfig',
    'MaximumRetryAttempts',
    'MaximumRecordAgeInSeconds',
    'BisectBatchOnFunctionError',
    'DestinationConfig',
    'ProvisionedPollerConfig',
  ],
  ignores: {
    SourceAccessConfigurations: 'the broker of this machine listens on loopback without authentication',
    KmsKeyArn: 'nothing is encrypted at rest here',
    MetricsConfig: 'there are no CloudWatch metrics here',
    LoggingConfig: "the poller writes to the host's log",
    Tags: 'nothing here is billed or searched by tag',
  },
  refuses: ({ properties }: Resource): string[] => {
    const { EventSourceArn: arn, SelfManagedEventSource } = properties;
    if (isQueue(arn)) return sqsRefusals(properties, arn);
    if (SelfManagedEventSource || arn?.startsWith('arn:aws:kafka:')) return kafkaRefusals(properties);
    return [`The source ${arn} is not supported: use an SQS queue, an MSK cluster or SelfManagedEventSource.`];
  },
  create: async (resource: Resource, host: Host): Promise<CreatedMapping> => {
    const { EventSourceArn, FunctionName, Enabled } = resource.properties;
    const id = stableUuid(resource.stack, resource.logicalId);
    const fn = host.functions.find(FunctionName);
    if (!fn) throw new Error(`FunctionName ${FunctionName} is no function of this host.`);
    const start = isQueue(EventSourceArn) ? fromQueue : fromTopic;
    const mapping = await start(resource, host, fn, id, Enabled !== false);
    return {
      ref: id,
      attributes: {
        Id: id,
        EventSourceMappingArn: `arn:aws:lambda:${host.options.region}:${host.options.account}:event-source-mapping:${id}`,
      },
      stats: () => mapping?.stats() ?? newStats(),
      stop: async () => mapping?.stop(),
    };
  },
} satisfies ResourceModule;

type Start = (resource: Resource, host: Host, fn: LambdaFunction, id: string, enabled: boolean) => Promise<RunningMapping | undefined>;

const isQueue = (arn: unknown): arn is string => typeof arn === 'string' && arn.startsWith('arn:aws:sqs:');

const fromQueue: Start = async ({ properties }, host, fn, _id, enabled) => {
  const queue = openQueue(host.storage.url, properties.EventSourceArn);
  const visibilityTimeoutSeconds = await queue.visibilityTimeoutSeconds();
  const { timeoutSeconds } = fn.definition;
  if (visibilityTimeoutSeconds < timeoutSeconds) {
    throw new Error(
      `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds. Raise VisibilityTimeout.`,
    );
  }
  if (!enabled) {
    queue.close();
    return undefined;
  }
  const { timeScale } = host.options;
  return startPolling({ queue, fn, settings: sqsSettings(properties), visibilityTimeoutSeconds, log: host.log, timeScale });
};

const fromTopic: Start = async ({ properties }, host, fn, id, enabled) => {
  if (!host.options.kafka) throw new Error('This host runs without Kafka: use the transport sqs, or start it with Kafka.');
  const tooSlow = timeoutRefusal(fn.definition.timeoutSeconds);
  if (tooSlow) throw new Error(tooSlow);
  if (!enabled) return undefined;
  const settings = kafkaSettings(properties);
  const bootstrapServers = settings.bootstrapServers ?? (await host.backends.kafka()).brokers;
  const arn: string | undefined = properties.EventSourceArn;
  return startConsuming({
    settings,
    source: { bootstrapServers, ...(arn && { arn }) },
    groupId: settings.consumerGroupId ?? id,
    fn,
    ...(settings.onFailure && { destination: failureDestination(settings.onFailure, host.storage.url, host.options.region, id) }),
    log: host.log,
  });
};
