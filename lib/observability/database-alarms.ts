// What is watched of MySQL and its proxy.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ManagedData } from '../config.ts';
import { alarm } from '../constructs/alarm.ts';
import { PROXY_PERCENT } from '../constructs/database-proxy.ts';

/** GiB of the sizes of the general families m and t; the memory-optimized r has twice as much. */
const GIB: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, '2xlarge': 32, '4xlarge': 64 };

/**
 * RDS's default of `max_connections` is {DBInstanceClassMemory/12582880}. That memory is the size's without what RDS itself takes, which is not
 * documented: 15 % is assumed. t4g.micro 72, t4g.medium 290, m7g.large 580.
 */
export function maxConnections(instanceType: string): number {
  const [family = '', size = ''] = instanceType.split('.');
  const gib = GIB[size];
  if (!gib || !/^[mtr]\d/.test(family)) throw new Error(`How much memory ${instanceType} has is not known: say it in lib/observability`);
  return Math.floor(((family.startsWith('r') ? 2 : 1) * gib * 1024 ** 3 * 0.85) / 12_582_880);
}

/** Of the maximum: from here on a burst of new environments may find none. */
const MANY_CONNECTIONS = 0.8;
const FREE_STORAGE = 0.1;
/** A single message over 16 KB pins the one connection of its consumer: that is no fault. */
const MANY_PINNED = 0.1;

const rds = (metricName: string, dimensionsMap: Record<string, string>, statistic: string, minutes = 1) =>
  new Metric({ namespace: 'AWS/RDS', metricName, dimensionsMap, statistic, period: Duration.minutes(minutes) });

export interface WatchedDatabase {
  readonly config: ManagedData['database'];
  readonly instanceIdentifier: string;
  readonly proxyName: string | undefined;
  readonly alarms: ITopic;
}

export function watchDatabase(scope: Construct, { config, instanceIdentifier, proxyName, alarms }: WatchedDatabase): void {
  const dimensions = { DBInstanceIdentifier: instanceIdentifier };
  const { instanceType, storageGb } = config;
  const most = Math.floor(maxConnections(instanceType) * MANY_CONNECTIONS);
  alarm(scope, 'DatabaseConnections', {
    name: 'database-connections',
    what: `MySQL has more than ${most} connections, ${MANY_CONNECTIONS * 100} % of what ${instanceType} takes`,
    impact: 'soon functions get no connection: requests of all systems fail with 5xx',
    runbook: 'database-connections',
    metric: rds('DatabaseConnections', dimensions, 'Maximum'),
    threshold: most,
    periods: 5,
    bad: 3,
    alarms,
  });
  alarm(scope, 'DatabaseCpu', {
    name: 'database-cpu',
    what: 'MySQL has used more than 90 % of its processors for a quarter of an hour',
    impact: 'requests of all systems are slow, and checkouts run out of time',
    runbook: 'database',
    metric: rds('CPUUtilization', dimensions, 'Average', 5),
    threshold: 90,
    periods: 3,
    alarms,
  });
  alarm(scope, 'DatabaseStorage', {
    name: 'database-storage',
    what: `Less than ${FREE_STORAGE * 100} % of ${storageGb} GiB has been free for an hour, although storage grows by itself`,
    impact: 'when it is full MySQL takes no writes: nothing is accepted any more',
    runbook: 'database',
    metric: rds('FreeStorageSpace', dimensions, 'Minimum', 5),
    threshold: storageGb * FREE_STORAGE * 1024 ** 3,
    comparison: 'below',
    periods: 12,
    alarms,
  });
  // A new instance begins without credits and earns 12 an hour or more: it has 10 before the hour is over.
  if (instanceType.startsWith('t'))
    alarm(scope, 'DatabaseCredits', {
      name: 'database-cpu-credits',
      what: 'MySQL has had fewer than 10 CPU credits for an hour',
      impact: 'each further hour of a processor is charged beside the instance',
      runbook: 'database',
      metric: rds('CPUCreditBalance', dimensions, 'Minimum', 5),
      threshold: 10,
      comparison: 'below',
      periods: 12,
      alarms,
    });
  if (proxyName) watchProxy(scope, { proxyName, connections: Math.floor((maxConnections(instanceType) * PROXY_PERCENT) / 100), alarms });
}

interface WatchedProxy {
  readonly proxyName: string;
  /** That it may have with the instance. */
  readonly connections: number;
  readonly alarms: ITopic;
}

function watchProxy(scope: Construct, { proxyName: ProxyName, connections, alarms }: WatchedProxy): void {
  const many = Math.floor(connections * MANY_PINNED);
  alarm(scope, 'ProxyPinned', {
    name: 'database-proxy-pinned',
    what: `More than ${many} sessions, ${MANY_PINNED * 100} % of the proxy's connections, are pinned: something uses prepared statements, locks, session variables or texts over 16 KB`,
    impact: 'a pinned connection is shared with nobody, so connections run out under load',
    runbook: 'database-proxy',
    metric: rds('DatabaseConnectionsCurrentlySessionPinned', { ProxyName }, 'Sum'),
    threshold: many,
    periods: 3,
    alarms,
  });
  alarm(scope, 'ProxyWaiting', {
    name: 'database-proxy-borrow-latency',
    what: 'Queries wait for more than 100 ms on average until the proxy has a free connection',
    impact: 'requests of all systems are slow; after 3 s of waiting they fail',
    runbook: 'database-proxy',
    // In microseconds.
    metric: rds('DatabaseConnectionsBorrowLatency', { ProxyName }, 'Average', 5),
    threshold: 100_000,
    periods: 3,
    alarms,
  });
}
