// What a mapping's properties mean for an SQS queue, and which of them AWS refuses (S2, S3).

export interface SqsSettings {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly maximumConcurrency: number;
  readonly reportBatchItemFailures: boolean;
}

/** Concurrency that AWS gives a mapping without ScalingConfig (S3). */
const DEFAULT_MAXIMUM_CONCURRENCY = 1000;

// biome-ignore lint/suspicious/noExplicitAny: the properties of a template are untyped JSON
type Properties = Readonly<Record<string, any>>;

export function sqsSettings(properties: Properties): SqsSettings {
  return {
    batchSize: Number(properties.BatchSize ?? 10),
    windowMs: Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    maximumConcurrency: Number(properties.ScalingConfig?.MaximumConcurrency ?? DEFAULT_MAXIMUM_CONCURRENCY),
    reportBatchItemFailures: (properties.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
  };
}

const KAFKA_ONLY = [
  'Topics',
  'StartingPosition',
  'StartingPositionTimestamp',
  'AmazonManagedKafkaEventSourceConfig',
  'SelfManagedKafkaEventSourceConfig',
  'ProvisionedPollerConfig',
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
];

/** @param arn the queue's; FIFO queues are known by their name's ending, as in SQS itself. */
export function sqsRefusals(properties: Properties, arn: string): string[] {
  const { batchSize, windowMs, maximumConcurrency } = sqsSettings(properties);
  const fifo = arn.endsWith('.fifo');
  const refusals = KAFKA_ONLY.filter((name) => properties[name] !== undefined).map(
    (name) => `${name} does not apply to an SQS queue: remove it, retries of SQS are the queue's visibility timeout and redrive policy.`,
  );
  if (batchSize < 1 || batchSize > (fifo ? 10 : 10_000)) refusals.push(`BatchSize must be 1 to ${fifo ? '10 for a FIFO queue' : '10000'}.`);
  if (fifo && windowMs > 0) refusals.push('MaximumBatchingWindowInSeconds is not supported for FIFO queues: remove it.');
  if (windowMs < 0 || windowMs > 300_000) refusals.push('MaximumBatchingWindowInSeconds must be 0 to 300.');
  if (batchSize > 10 && windowMs < 1000) refusals.push('BatchSize above 10 needs MaximumBatchingWindowInSeconds of at least 1.');
  if (properties.ScalingConfig && (maximumConcurrency < 2 || maximumConcurrency > 1000)) {
    refusals.push('ScalingConfig.MaximumConcurrency must be 2 to 1000.');
  }
  return refusals;
}
