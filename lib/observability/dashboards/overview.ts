// One page for whoever was just woken: what rings, what clients see, and what all systems share.
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stage } from '../../config.ts';
import type { Cache } from '../../constructs/cache.ts';
import type { Database } from '../../constructs/database.ts';
import type { KafkaAccess } from '../../constructs/kafka-access.ts';
import { claimedConcurrency } from '../account-alarms.ts';
import { restMetric } from '../api-alarms.ts';
import { nodeMetric, nodesOf } from '../cache-alarms.ts';
import { clusterMetric, worstBroker } from '../kafka-alarms.ts';
import { row } from './widgets.ts';

export interface SharedParts {
  readonly stage: Stage;
  readonly database: Database;
  readonly cache: Cache;
  readonly cacheReplicas: number;
  readonly kafka: KafkaAccess | undefined;
}

export function sharedRows({ stage, database, cache, cacheReplicas, kafka }: SharedParts): IWidget[][] {
  const rds = (metricName: string, statistic = 'Average') =>
    new Metric({ namespace: 'AWS/RDS', metricName, dimensionsMap: { DBInstanceIdentifier: database.instanceIdentifier }, statistic });
  const { proxyName } = database;
  const pinned = proxyName
    ? [
        new Metric({
          namespace: 'AWS/RDS',
          metricName: 'DatabaseConnectionsCurrentlySessionPinned',
          dimensionsMap: { ProxyName: proxyName },
          statistic: 'Sum',
        }),
      ]
    : [];
  const nodes = nodesOf({ replicationGroupId: cache.replicationGroupId, replicas: cacheReplicas });
  return [
    row(
      {
        title: 'API: requests and errors',
        left: [restMetric(stage, 'Count', 'SampleCount')],
        right: [restMetric(stage, '5XXError', 'Sum'), restMetric(stage, '4XXError', 'Sum')],
      },
      { title: 'API: milliseconds', left: [restMetric(stage, 'Latency', 'p50'), restMetric(stage, 'Latency', 'p99')] },
      { title: 'Environments of all functions', left: [claimedConcurrency()] },
    ),
    row(
      { title: 'MySQL: connections', left: [rds('DatabaseConnections', 'Maximum')], right: pinned },
      { title: 'MySQL: processors and free storage', left: [rds('CPUUtilization')], right: [rds('FreeStorageSpace', 'Minimum')] },
      { title: 'MySQL: seconds of a read and a write', left: [rds('ReadLatency'), rds('WriteLatency')] },
    ),
    row(
      { title: 'Cache: memory in percent', left: nodes.map((node) => nodeMetric(node, 'DatabaseMemoryUsagePercentage', 'Maximum')) },
      { title: 'Cache: processor in percent', left: nodes.map((node) => nodeMetric(node, 'EngineCPUUtilization', 'Average')) },
    ),
    ...(kafka
      ? [
          row(
            { title: 'Kafka: disk of the fullest broker', left: [worstBroker(kafka.name, 'KafkaDataLogsDiskUsed')] },
            { title: 'Kafka: partitions without a leader', left: [clusterMetric(kafka.name, 'OfflinePartitionsCount', 'Maximum')] },
          ),
        ]
      : []),
  ];
}
