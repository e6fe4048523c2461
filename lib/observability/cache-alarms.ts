// What is watched of each node of the cache.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarm } from '../constructs/alarm.ts';

export interface WatchedCache {
  readonly replicationGroupId: string;
  readonly replicas: number;
  readonly alarms: ITopic;
}

const MINUTES = 5;

/** `<group>-001`, `<group>-002`, … as ElastiCache names the nodes of a group without shards. */
export const nodesOf = ({ replicationGroupId, replicas }: Pick<WatchedCache, 'replicationGroupId' | 'replicas'>): readonly string[] =>
  Array.from({ length: 1 + replicas }, (_, index) => `${replicationGroupId}-${String(index + 1).padStart(3, '0')}`);

export const nodeMetric = (CacheClusterId: string, metricName: string, statistic: string) =>
  new Metric({ namespace: 'AWS/ElastiCache', metricName, dimensionsMap: { CacheClusterId }, statistic, period: Duration.minutes(MINUTES) });

export function watchCache(scope: Construct, { alarms, ...group }: WatchedCache): void {
  for (const [index, node] of nodesOf(group).entries()) {
    const number = index + 1;
    const watch = (id: string, name: string, metricName: string, statistic: string, threshold: number, what: string, impact: string) =>
      alarm(scope, `Cache${id}${number}`, {
        name: `cache-${name}-${number}`,
        what: `Node ${number} of the cache ${what} for a quarter of an hour`,
        impact,
        runbook: 'cache',
        metric: nodeMetric(node, metricName, statistic),
        threshold,
        periods: 3,
        alarms,
      });
    const slow = 'answers come from MySQL: slower, and with more load on it; counts of requests are kept back';
    watch('Memory', 'memory', 'DatabaseMemoryUsagePercentage', 'Maximum', 80, 'has used more than 80 % of its memory', slow);
    watch('Evictions', 'evictions', 'Evictions', 'Sum', 100, 'has thrown out more than 100 entries in 5 minutes', slow);
    watch('Cpu', 'cpu', 'EngineCPUUtilization', 'Average', 80, 'has used more than 80 % of its one thread', slow);
  }
}
