// The one way alarms are made: each says what happens, who is hurt, and which page tells what to do.
import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** Pages of docs/runbooks. */
export type Runbook =
  | 'account-concurrency'
  | 'api-errors'
  | 'api-latency'
  | 'audit-problems'
  | 'budget'
  | 'cache'
  | 'checkout'
  | 'connections-table'
  | 'database'
  | 'database-connections'
  | 'database-proxy'
  | 'dead-letters'
  | 'function-duration'
  | 'function-errors'
  | 'function-throttles'
  | 'kafka'
  | 'kafka-lag'
  | 'nat'
  | 'objective'
  | 'queue-age'
  | 'release'
  | 'sagas-parked'
  | 'schedules'
  | 'sync-failed'
  | 'sync-missing'
  | 'upkeep-missing'
  | 'websocket';

export interface AlarmProps {
  /** Words with hyphens, the system's first: `orders-api-errors`. The stack's name comes before it. */
  readonly name: string;
  /** What is so, in a few words. */
  readonly what: string;
  /** Who suffers how. */
  readonly impact: string;
  readonly runbook: Runbook;
  readonly metric: IMetric;
  /** By default any value above 0 is too much. */
  readonly threshold?: number;
  readonly comparison?: 'above' | 'below';
  /** Periods of the metric that are looked at, by default one, and how many of them must be bad, by default all. */
  readonly periods?: number;
  readonly bad?: number;
  /** What silence means: by default nothing, `breaching` where something is counted all the time. */
  readonly missing?: 'fine' | 'breaching';
  /** Hears when it begins and when it is over. None where a composite alarm speaks for it. */
  readonly alarms?: ITopic;
}

/** CloudWatch's limit of a description. */
export const MAX_DESCRIPTION = 1024;

export const alarmName = (scope: Construct, name: string): string => `${Stack.of(scope).stackName}-${name}`;

/** Throws where it would not fit. */
export function description({ what, impact, runbook }: Pick<AlarmProps, 'what' | 'impact' | 'runbook'>): string {
  const text = `${what}. Impact: ${impact}. Runbook: docs/runbooks/${runbook}.md`;
  if (text.length > MAX_DESCRIPTION)
    throw new Error(`An alarm's description may have ${MAX_DESCRIPTION} characters: ${text.slice(0, 80)}…`);
  return text;
}

export function alarm(scope: Construct, id: string, props: AlarmProps): Alarm {
  const { name, metric, threshold = 0, comparison = 'above', periods = 1, bad = periods, missing = 'fine', alarms } = props;
  const made = new Alarm(scope, id, {
    alarmName: alarmName(scope, name),
    alarmDescription: description(props),
    metric,
    threshold,
    comparisonOperator: comparison === 'above' ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: periods,
    ...(bad < periods ? { datapointsToAlarm: bad } : {}),
    treatMissingData: missing === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });
  if (alarms) {
    made.addAlarmAction(new SnsAction(alarms));
    made.addOkAction(new SnsAction(alarms));
  }
  return made;
}
