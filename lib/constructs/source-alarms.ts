// What is watched of that which calls functions, or is called by them: schedules, the state machine, a table.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Rule } from 'aws-cdk-lib/aws-events';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { alarm } from './alarm.ts';

interface Watched {
  /** Of the alarm. */
  readonly name: string;
  readonly impact: string;
  readonly alarms: ITopic;
}

/** EventBridge could not call the function at all. What the function then makes of it, its own alarms tell. */
export function watchSchedule(rule: Rule, { name, impact, alarms }: Watched): void {
  alarm(rule, 'NotInvoked', {
    name: `${name}-schedule`,
    what: 'EventBridge cannot call the function of this schedule',
    impact,
    runbook: 'schedules',
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: { RuleName: rule.ruleName },
      statistic: 'Sum',
      period: Duration.minutes(5),
    }),
    alarms,
  });
}

/** Of executions that began. Those that could not are seen in the access log: lib/observability/checkout-refusals.ts. */
export function watchMachine(machine: StateMachine, alarms: ITopic): void {
  const period = Duration.minutes(5);
  const watch = (id: string, name: string, what: string, metric: Metric, impact: string) =>
    alarm(machine, id, { name: `orders-checkout-${name}`, what, impact, runbook: 'checkout', metric, alarms });
  const undecided = 'checkouts end without a decision; the reconciler decides against them';
  watch('Failing', 'failed', 'Executions of the checkout fail', machine.metricFailed({ period }), undecided);
  watch('TimingOut', 'timed-out', 'Executions of the checkout run out of their 28 s', machine.metricTimedOut({ period }), undecided);
}

/** On demand a table takes twice its former peak at once; beyond that it refuses. */
export function watchTable(table: ITable, { name, impact, alarms }: Watched): void {
  const period = Duration.minutes(5);
  for (const kind of ['Read', 'Write'] as const)
    alarm(table, `${kind}Throttled`, {
      name: `${name}-${kind.toLowerCase()}-throttled`,
      what: `DynamoDB refuses to ${kind.toLowerCase()} the table`,
      impact,
      runbook: 'connections-table',
      // DynamoDB tells of throttled events only while there are some, and alarms on its metrics ignore silence, whatever they are told to make of it:
      // without zeros in between one that rang would ring until the next such event.
      metric: new MathExpression({
        expression: 'FILL(throttled, 0)',
        usingMetrics: {
          throttled: new Metric({
            namespace: 'AWS/DynamoDB',
            metricName: `${kind}ThrottleEvents`,
            dimensionsMap: { TableName: table.tableName },
            statistic: 'Sum',
            period,
          }),
        },
        label: 'throttled',
        period,
      }),
      alarms,
    });
}
