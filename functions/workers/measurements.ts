// What only CloudWatch knows: how old the oldest message of a queue is, and how far a consumer group is behind.
import { type CloudWatchClient, GetMetricDataCommand, type Metric, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Watched, WatchedTopic } from './watched.ts';

export interface Measurements {
  /** Seconds by `source`. */
  readonly oldestAge: ReadonlyMap<string, number>;
  /** Records by `source`, of topics. */
  readonly lag: ReadonlyMap<string, number>;
}

const DEADLINE_MS = 2_000;
const MINUTE_S = 60;
/** Datapoints come a minute or two late. */
const WINDOW_MS = 5 * 60_000;

/** The latest value of each, in one call. What CloudWatch has no datapoint of is absent. */
export const measurements =
  (cloudWatch: CloudWatchClient, clock: () => Date) =>
  async (watched: readonly Watched[]): Promise<Measurements> => {
    const asked = watched.flatMap(questions);
    const found = { oldestAge: new Map<string, number>(), lag: new Map<string, number>() };
    if (asked.length === 0) return found;
    const now = clock().getTime();
    const { MetricDataResults = [] } = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(now - WINDOW_MS),
        EndTime: new Date(now + MINUTE_S * 1000),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: asked.map(
          ({ metric }, n): MetricDataQuery => ({
            Id: `m${n}`,
            MetricStat: { Metric: metric, Period: MINUTE_S, Stat: 'Maximum' },
          }),
        ),
      }),
      { abortSignal: AbortSignal.timeout(DEADLINE_MS) },
    );
    for (const { Id, Values } of MetricDataResults) {
      const question = asked[Number(Id?.slice(1))];
      if (question && Values?.[0] !== undefined) found[question.of].set(question.source, Values[0]);
    }
    return found;
  };

interface Question {
  readonly of: keyof Measurements;
  readonly source: string;
  readonly metric: Metric;
}

const questions = (watched: Watched): Question[] => {
  const { source } = watched;
  if (watched.kind === 'queue') return [{ of: 'oldestAge', source, metric: oldestMessage(source) }];
  return [
    { of: 'oldestAge', source, metric: consumerMetric('EstimatedMaxTimeLag', watched) },
    { of: 'lag', source, metric: consumerMetric('SumOffsetLag', watched) },
  ];
};

const oldestMessage = (queue: string) => ({
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateAgeOfOldestMessage',
  Dimensions: [{ Name: 'QueueName', Value: queue }],
});

const consumerMetric = (MetricName: string, { cluster, group, source }: WatchedTopic) => ({
  Namespace: 'AWS/Kafka',
  MetricName,
  Dimensions: [
    { Name: 'Cluster Name', Value: cluster },
    { Name: 'Consumer Group', Value: group },
    { Name: 'Topic', Value: source },
  ],
});
