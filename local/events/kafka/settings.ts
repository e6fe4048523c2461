// What a mapping's properties mean for a Kafka topic, and which of them AWS refuses (K2, K4, K5, K7).

export interface RetryPolicy {
  /** Invocations after the first one; Infinity is AWS's -1. */
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeMs: number;
  readonly bisect: boolean;
  readonly reportBatchItemFailures: boolean;
}

export interface StartingPosition {
  readonly at: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  readonly timestampMs?: number;
}

export interface KafkaSettings {
  readonly topic: string;
  /** Undefined: the default, made from the mapping's id. */
  readonly consumerGroupId?: string;
  /** `host:port,…` of a self-managed cluster; undefined for MSK, whose brokers the host runs. */
  readonly bootstrapServers?: string;
  readonly startingPosition: StartingPosition;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly retry: RetryPolicy;
  /** ARN of an SQS queue or an S3 bucket. */
  readonly onFailure?: string;
}

/** With a destination AWS ends endless retries after this many, or nothing would ever arrive there. */
const RETRIES_WITH_DESTINATION = 10;
const MAXIMUM_TIMEOUT_SECONDS = 14 * 60;

// biome-ignore lint/suspicious/noExplicitAny: the properties of a template are untyped JSON
type Properties = Readonly<Record<string, any>>;

export function kafkaSettings(properties: Properties): KafkaSettings {
  const consumerGroupId = (properties.AmazonManagedKafkaEventSourceConfig ?? properties.SelfManagedKafkaEventSourceConfig)?.ConsumerGroupId;
  const servers = properties.SelfManagedEventSource?.Endpoints?.KafkaBootstrapServers;
  const onFailure = properties.DestinationConfig?.OnFailure?.Destination;
  const attempts = orInfinity(properties.MaximumRetryAttempts);
  return {
    topic: properties.Topics?.[0],
    ...(consumerGroupId && { consumerGroupId }),
    ...(servers && { bootstrapServers: servers.join(',') }),
    startingPosition: {
      at: properties.StartingPosition,
      ...(properties.StartingPositionTimestamp !== undefined && { timestampMs: Number(properties.StartingPositionTimestamp) * 1000 }),
    },
    batchSize: Number(properties.BatchSize ?? 100),
    windowMs: Math.round(Number(properties.MaximumBatchingWindowInSeconds ?? 0.5) * 1000),
    retry: {
      maximumRetryAttempts: onFailure && attempts === Number.POSITIVE_INFINITY ? RETRIES_WITH_DESTINATION : attempts,
      maximumRecordAgeMs: orInfinity(properties.MaximumRecordAgeInSeconds) * 1000,
      bisect: properties.BisectBatchOnFunctionError === true,
      reportBatchItemFailures: (properties.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
    },
    ...(onFailure && { onFailure }),
  };
}

const orInfinity = (value: unknown): number => (value === undefined || Number(value) === -1 ? Number.POSITIVE_INFINITY : Number(value));

const PROVISIONED_ONLY = [
  'MaximumRetryAttempts',
  'MaximumRecordAgeInSeconds',
  'BisectBatchOnFunctionError',
  'FunctionResponseTypes',
  'DestinationConfig',
];

export function kafkaRefusals(properties: Properties): string[] {
  const { batchSize, windowMs, retry, startingPosition, onFailure } = kafkaSettings(properties);
  const refusals: string[] = [];
  if (!properties.ProvisionedPollerConfig) {
    const used = PROVISIONED_ONLY.filter((name) => properties[name] !== undefined);
    refusals.push(...used.map((name) => `${name} of a Kafka source needs provisioned mode: add ProvisionedPollerConfig (K5).`));
  }
  if (properties.ScalingConfig) refusals.push('ScalingConfig is for SQS: a Kafka source has one batch in flight per partition.');
  if (properties.Topics?.length !== 1) refusals.push('Topics must name exactly one topic.');
  if (!['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'].includes(startingPosition.at)) {
    refusals.push('StartingPosition must be TRIM_HORIZON, LATEST or AT_TIMESTAMP.');
  }
  if ((startingPosition.at === 'AT_TIMESTAMP') !== (startingPosition.timestampMs !== undefined)) {
    refusals.push('StartingPositionTimestamp goes with StartingPosition AT_TIMESTAMP, and only with it.');
  }
  if (batchSize < 1 || batchSize > 10_000) refusals.push('BatchSize must be 1 to 10000.');
  if (windowMs < 0 || windowMs > 300_000) refusals.push('MaximumBatchingWindowInSeconds must be 0 to 300.');
  if (outside(properties.MaximumRetryAttempts, retry.maximumRetryAttempts, 0, 10_000)) {
    refusals.push('MaximumRetryAttempts must be -1 or 0 to 10000.');
  }
  if (outside(properties.MaximumRecordAgeInSeconds, retry.maximumRecordAgeMs / 1000, 60, 604_800)) {
    refusals.push('MaximumRecordAgeInSeconds must be -1 or 60 to 604800.');
  }
  if (onFailure && !/^arn:aws:(sqs|s3):/.test(onFailure)) refusals.push(`OnFailure ${onFailure} is neither an SQS queue nor an S3 bucket.`);
  return refusals;
}

const outside = (given: unknown, value: number, from: number, to: number): boolean =>
  given !== undefined && Number(given) !== -1 && (value < from || value > to);

/** K7. Undefined where the timeout is allowed. */
export const timeoutRefusal = (timeoutSeconds: number): string | undefined =>
  timeoutSeconds > MAXIMUM_TIMEOUT_SECONDS
    ? `The function's timeout of ${timeoutSeconds} s is above the 14 minutes that a Kafka source allows: lower Timeout.`
    : undefined;
