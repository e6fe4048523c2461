// What is watched of the Kafka cluster, and how far its consumer is behind.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarm } from '../constructs/alarm.ts';

export interface WatchedKafka {
  /** Of the cluster. */
  readonly name: string;
  readonly topic: string;
  readonly group: string;
  readonly alarms: ITopic;
}

/** At 2 s each, four partitions with three pictures side by side work 200 × 2 s ÷ 12 = 33 s on them; at the times of docs/scale.md 200 ÷ 93/s = 2 s. */
const MANY_JOBS = 200;

const PERIOD = Duration.minutes(5);

export const clusterMetric = (cluster: string, metricName: string, statistic: string) =>
  new Metric({ namespace: 'AWS/Kafka', metricName, dimensionsMap: { 'Cluster Name': cluster }, statistic, period: PERIOD });

/** Of a consumer group, which MSK measures at every level of monitoring. */
export const lagMetric = ({ name, topic, group }: Omit<WatchedKafka, 'alarms'>, metricName: 'SumOffsetLag' | 'EstimatedMaxTimeLag') =>
  new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': name, 'Consumer Group': group, Topic: topic },
    statistic: 'Maximum',
    period: Duration.minutes(1),
  });

/** The worst broker, however many there are: a query, as an alarm takes no search. */
export const worstBroker = (cluster: string, metricName: string) =>
  new MathExpression({
    expression: `SELECT MAX(${metricName}) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name") WHERE "Cluster Name" = '${cluster}'`,
    label: metricName,
    period: PERIOD,
  });

export function watchKafka(scope: Construct, { alarms, ...consumer }: WatchedKafka): void {
  const { name: cluster } = consumer;
  const refused = 'picture jobs cannot be announced; they wait in the database for the relay';
  alarm(scope, 'KafkaLag', {
    name: 'kafka-lag',
    what: `More than ${MANY_JOBS} picture jobs have waited for a quarter of an hour`,
    impact: 'pictures are resized late',
    runbook: 'kafka-lag',
    metric: lagMetric(consumer, 'SumOffsetLag'),
    threshold: MANY_JOBS,
    periods: 15,
    alarms,
  });
  alarm(scope, 'KafkaDisk', {
    name: 'kafka-disk',
    what: 'A broker has used more than 80 % of its disk',
    impact: `when it is full the broker stops: ${refused}`,
    runbook: 'kafka',
    metric: worstBroker(cluster, 'KafkaDataLogsDiskUsed'),
    threshold: 80,
    periods: 3,
    alarms,
  });
  alarm(scope, 'KafkaCpu', {
    name: 'kafka-cpu',
    // MSK advises to keep user and system together below 60 %; an alarm takes one query, and the system's part is the small one.
    what: 'A broker has used more than 50 % of its processors outside of the system, which leaves too little for when another one is away',
    impact: 'jobs are announced slowly',
    runbook: 'kafka',
    metric: worstBroker(cluster, 'CpuUser'),
    threshold: 50,
    periods: 3,
    alarms,
  });
  alarm(scope, 'KafkaOffline', {
    name: 'kafka-offline-partitions',
    what: 'Partitions have no leader',
    impact: refused,
    runbook: 'kafka',
    metric: clusterMetric(cluster, 'OfflinePartitionsCount', 'Maximum'),
    alarms,
  });
  // There is none on `ActiveControllerCount`: with KRaft brokers do not have it (KIP-1001), and the controllers are MSK's own. This is of brokers.
  alarm(scope, 'KafkaSilent', {
    name: 'kafka-silent',
    what: 'No broker has told anything of itself for a quarter of an hour',
    impact: refused,
    runbook: 'kafka',
    metric: worstBroker(cluster, 'CpuUser'),
    // A share is never below: only silence rings.
    threshold: 0,
    comparison: 'below',
    periods: 3,
    missing: 'breaching',
    alarms,
  });
}
