// An alarm on a number that a service counts itself, in the log's embedded metric format.
import type { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export const METRICS_NAMESPACE = 'stackyard';

export interface BusinessAlarmProps {
  readonly service: string;
  readonly metricName: string;
  readonly impact: string;
  /** Within which one time is too often. */
  readonly period: Duration;
  /** How many periods in a row. */
  readonly periods?: number;
  readonly alarms: ITopic;
}

export function businessAlarm(scope: Construct, { service, metricName, impact, period, periods = 1, alarms }: BusinessAlarmProps): void {
  new Alarm(scope, `${metricName}Alarm`, {
    alarmDescription: `${metricName}. Impact: ${impact}`,
    metric: new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap: { service }, statistic: 'Maximum', period }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(alarms));
}
