// What API Gateway answered, by system: two metrics each, made of its access log.
//
// Every request writes one value into each metric, 0 or 1. So the average is the share of bad answers, the number of values that of requests, and
// one metric does for both. API Gateway's own metrics by method would be four for each of 50 methods, all of them paid.
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';
import { FAILURES, metricsNamespace } from '../constructs/business-alarm.ts';

export interface SystemRequests {
  /** Patterns of the routes, as resources of the API: `/orders*`. */
  readonly routes: readonly string[];
  /** Milliseconds that an answer may take. */
  readonly slowAfter: number;
}

/** What each system answers for. The key says who it is in names of metrics, alarms and dashboards. */
export const requestsBySystem = {
  // A layer that does not answer is reported within 0.7 s.
  status: { routes: ['/status*', '/healthz*'], slowAfter: 1_000 },
  // A picture is decoded, stored and announced before the answer.
  pictures: { routes: ['/api/{id}*', '/api/jobs*', '/api'], slowAfter: 3_000 },
  messages: { routes: ['/endpoint*'], slowAfter: 1_000 },
  // A checkout is four steps, each a round trip and a durable commit.
  orders: { routes: ['/orders*', '/stock*', '/payment*'], slowAfter: 2_000 },
  cats: { routes: ['/api/v1/*'], slowAfter: 1_000 },
} as const satisfies Readonly<Record<string, SystemRequests>>;

export type SystemName = keyof typeof requestsBySystem;

export const systemNames = Object.keys(requestsBySystem) as SystemName[];

/** Takes as long as the rows that it is asked for, up to 28 s. */
export const HEAVY = '*batch_init*';

export const requestMetricName = (system: SystemName, kind: 'Failed' | 'Slow'): string =>
  `${system[0]?.toUpperCase()}${system.slice(1)}Requests${kind}`;

export interface CountedRequests {
  readonly stage: Stage;
  readonly accessLog: ILogGroup;
  /** Logs of the functions of `orders`, which say 400 where others say 500. What they count as failed is one more value, a bad one. */
  readonly orders: Readonly<Record<string, ILogGroup>>;
}

export function countRequests(scope: Construct, { stage, accessLog, orders }: CountedRequests): void {
  for (const system of systemNames) {
    const { routes, slowAfter } = requestsBySystem[system];
    const ours = `(${routes.map((route) => `$.route = "${route}"`).join(' || ')})`;
    const count = (kind: 'Failed' | 'Slow', value: '0' | '1', condition: string) =>
      new MetricFilter(scope, `${requestMetricName(system, kind)}${value}`, {
        logGroup: accessLog,
        filterPattern: FilterPattern.literal(`{ ${ours} && ${condition} }`),
        metricNamespace: metricsNamespace(stage),
        metricName: requestMetricName(system, kind),
        metricValue: value,
      });
    count('Failed', '0', '($.status < 500)');
    count('Failed', '1', '($.status >= 500)');
    // What failed is no answer, however quick.
    const timed = `($.status < 500) && ($.route != "${HEAVY}")`;
    count('Slow', '0', `${timed} && ($.latencyMs <= ${slowAfter})`);
    count('Slow', '1', `${timed} && ($.latencyMs > ${slowAfter})`);
  }
  for (const [name, logGroup] of Object.entries(orders))
    new MetricFilter(scope, `${requestMetricName('orders', 'Failed')}${name}`, {
      logGroup,
      filterPattern: FilterPattern.literal(`{ $.${FAILURES} = 1 }`),
      metricNamespace: metricsNamespace(stage),
      metricName: requestMetricName('orders', 'Failed'),
      metricValue: '1',
    });
}
