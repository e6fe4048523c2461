// Numbers that services count themselves, in the log's embedded metric format, and alarms on them.
import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';
import { alarm, type Runbook } from './alarm.ts';

/** By stage: two stages of one account must not ring each other's alarms. */
export const metricsNamespace = (stage: Stage): string => `stackyard/${stage}`;

/** Every number that a service counts: what dashboards and alarms may ask for, and a test finds in the functions. */
export const businessMetrics = {
  SyncFailed: 'cats',
  SyncSucceeded: 'cats',
  SagasSettled: 'orders',
  SagasParked: 'orders',
  AuditProblems: 'orders',
  Revenue: 'orders',
  PictureSeconds: 'pictures',
  ToldSeconds: 'messages',
} as const;

export type BusinessMetric = keyof typeof businessMetrics;

export const businessMetric = (stage: Stage, metricName: BusinessMetric, { statistic, period }: { statistic: string; period: Duration }) =>
  new Metric({
    namespace: metricsNamespace(stage),
    metricName,
    dimensionsMap: { service: businessMetrics[metricName] },
    statistic,
    period,
  });

/** In the logs of functions: `functions/shared/metrics/failures.ts`. */
export const FAILURES = 'Failures';

/** What a version of a function failed at although Lambda took it for answered. */
export const failuresOf = (stage: Stage, entry: string, version: string) =>
  new Metric({
    namespace: metricsNamespace(stage),
    metricName: FAILURES,
    dimensionsMap: { service: entry, version },
    statistic: 'Sum',
  });

export interface BusinessAlarmProps {
  readonly stage: Stage;
  readonly metricName: BusinessMetric;
  readonly what: string;
  readonly impact: string;
  readonly runbook: Runbook;
  /** Within which one time is too often, or too seldom. */
  readonly period: Duration;
  /** How many periods in a row. */
  readonly periods?: number;
  readonly alarms: ITopic;
}

/** `SyncFailed` → `sync-failed`. */
const hyphenated = (name: string) => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** Rings when the number is above 0. */
export function businessAlarm(scope: Construct, { stage, metricName, period, ...more }: BusinessAlarmProps): void {
  alarm(scope, `${metricName}Alarm`, {
    ...more,
    name: `${businessMetrics[metricName]}-${hyphenated(metricName)}`,
    metric: businessMetric(stage, metricName, { statistic: 'Maximum', period }),
  });
}

/** Rings when nothing is counted, or only zeros: silence is what it listens for. */
export function silenceAlarm(
  scope: Construct,
  { stage, metricName, period, ...more }: BusinessAlarmProps & { counts: 'any' | 'ones' },
): void {
  const { counts, ...props } = more;
  alarm(scope, `No${metricName}Alarm`, {
    ...props,
    name: `${businessMetrics[metricName]}-no-${hyphenated(metricName)}`,
    metric: businessMetric(stage, metricName, { statistic: counts === 'any' ? 'SampleCount' : 'Sum', period }),
    threshold: 1,
    comparison: 'below',
    missing: 'breaching',
  });
}
