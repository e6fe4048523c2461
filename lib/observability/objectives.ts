// What each system promises, and how it is measured: docs/slo.md says why it is just this.
import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Stage } from '../config.ts';
import { type BusinessMetric, businessMetric, metricsNamespace } from '../constructs/business-alarm.ts';
import { requestMetricName, requestsBySystem, type SystemName, systemNames } from './request-metrics.ts';

export interface Objective {
  /** In the names of its alarms: `orders-availability`. */
  readonly name: string;
  readonly system: SystemName;
  readonly what: string;
  readonly impact: string;
  /** Of all events in 30 days, those that must be good: 0.999. */
  readonly target: number;
  /** Share of bad events, 0 to 1. */
  readonly bad: (period: Duration) => IMetric;
  /** How many events there were. */
  readonly events: (period: Duration) => IMetric;
}

type Measured = Pick<Objective, 'bad' | 'events'>;

const AVAILABLE = 0.999;
const QUICK = 0.99;
/** From the message's receipt until its listeners were told. */
export const TOLD_SECONDS = 5;
/** From the picture's receipt until its result can be fetched. */
export const PICTURE_SECONDS = 60;

export const objectives = (stage: Stage, checkout: StateMachine): readonly Objective[] => [
  ...systemNames.flatMap((system) => requests(stage, system)),
  {
    name: 'messages-told',
    system: 'messages',
    what: `messages are told to listeners within ${TOLD_SECONDS} s`,
    impact: 'listeners hear late of messages',
    target: QUICK,
    ...within(stage, 'ToldSeconds', TOLD_SECONDS),
  },
  {
    name: 'pictures-done',
    system: 'pictures',
    what: `pictures are done within ${PICTURE_SECONDS} s`,
    impact: 'clients wait for their pictures',
    target: QUICK,
    ...within(stage, 'PictureSeconds', PICTURE_SECONDS),
  },
  {
    name: 'orders-decided',
    system: 'orders',
    what: 'checkouts end with a decision',
    impact: 'customers do not know whether they have paid; the reconciler decides against what was left',
    target: AVAILABLE,
    ...ended(checkout),
  },
];

function requests(stage: Stage, system: SystemName): Objective[] {
  const counted = (kind: 'Failed' | 'Slow') => {
    const metric = (statistic: string) => (period: Duration) =>
      new Metric({ namespace: metricsNamespace(stage), metricName: requestMetricName(system, kind), statistic, period });
    return { bad: metric('Average'), events: metric('SampleCount') };
  };
  const seconds = requestsBySystem[system].slowAfter / 1000;
  return [
    {
      name: `${system}-availability`,
      system,
      what: `requests of ${system} are answered, and not with 5xx`,
      impact: `clients of ${system} get errors`,
      target: AVAILABLE,
      ...counted('Failed'),
    },
    {
      name: `${system}-latency`,
      system,
      what: `requests of ${system} are answered within ${seconds} s`,
      impact: `clients of ${system} wait`,
      target: QUICK,
      ...counted('Slow'),
    },
  ];
}

/** Of executions that have ended: those under way are neither good nor bad. */
const ended = (machine: StateMachine): Measured => {
  const ends = { succeeded: machine.metricSucceeded(), failed: machine.metricFailed(), timedOut: machine.metricTimedOut() };
  const all = 'FILL(succeeded, 0) + FILL(failed, 0) + FILL(timedOut, 0)';
  const share = (expression: string, label: string) => (period: Duration) =>
    new MathExpression({ expression, usingMetrics: ends, label, period });
  return { bad: share(`(FILL(failed, 0) + FILL(timedOut, 0)) / (${all})`, 'undecided'), events: share(all, 'ended') };
};

/** Of durations that a service tells: the share that took longer, from the percentile rank of the limit. */
const within = (stage: Stage, metricName: BusinessMetric, seconds: number): Measured => ({
  bad: (period) =>
    new MathExpression({
      expression: '1 - intime / 100',
      usingMetrics: { intime: businessMetric(stage, metricName, { statistic: `PR(:${seconds})`, period }) },
      label: 'late',
      period,
    }),
  events: (period) => businessMetric(stage, metricName, { statistic: 'SampleCount', period }),
});
