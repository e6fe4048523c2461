// The pieces of which dashboards are made. A row is 24 wide.
import { Duration } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, GraphWidget, type IMetric, type IWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Stage } from '../../config.ts';
import { functionName } from '../../constructs/service-function.ts';
import type { WatchedQueue } from '../../constructs/watched-queue.ts';
import { lagMetric } from '../kafka-alarms.ts';

const FULL = 24;
const PERIOD = Duration.minutes(5);

export const heading = (markdown: string): IWidget => new TextWidget({ markdown, width: FULL, height: 2 });

/** Graphs side by side, as wide as their number allows. */
export const row = (...graphs: readonly { readonly title: string; readonly left: IMetric[]; readonly right?: IMetric[] }[]): IWidget[] =>
  graphs.map((graph) => new GraphWidget({ ...graph, width: Math.floor(FULL / graphs.length), height: 6 }));

/** CloudWatch's limit of a widget. */
const ALARMS_A_WIDGET = 100;

/** By name, as alarms live in several stacks. */
export const alarmStates = (scope: Construct, title: string, names: readonly string[]): IWidget[] =>
  Array.from({ length: Math.ceil(names.length / ALARMS_A_WIDGET) }, (_, index) => {
    const shown = names.slice(index * ALARMS_A_WIDGET, (index + 1) * ALARMS_A_WIDGET);
    return new AlarmStatusWidget({
      title,
      width: FULL,
      height: Math.min(12, 2 + Math.ceil(shown.length / 4)),
      alarms: shown.map((name) => Alarm.fromAlarmName(scope, `${title}-${name}`, name)),
    });
  });

/** A function's calls and failures, how long it takes, and in how many environments. */
export function functionRow(stage: Stage, entry: string): IWidget[] {
  const metric = (metricName: string, statistic: string, label = metricName) =>
    new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: functionName(stage, entry) },
      statistic,
      label,
      period: PERIOD,
    });
  return row(
    {
      title: `${entry}: calls`,
      left: [metric('Invocations', 'Sum')],
      right: [metric('Errors', 'Sum'), metric('Throttles', 'Sum')],
    },
    { title: `${entry}: milliseconds`, left: [metric('Duration', 'p50', 'p50'), metric('Duration', 'p99', 'p99')] },
    { title: `${entry}: environments`, left: [metric('ConcurrentExecutions', 'Maximum')] },
  );
}

/** What waits, how long the oldest has waited, and what was put aside. */
export function queueRow(watched: WatchedQueue): IWidget[] {
  const { name, deadLetters } = watched;
  const minutely = { statistic: 'Maximum', period: Duration.minutes(1) };
  const put = { title: `${name}: dead letters`, left: [deadLetters.metricApproximateNumberOfMessagesVisible(minutely)] };
  if ('queue' in watched)
    return row(
      {
        title: `${name}: messages`,
        left: [watched.queue.metricApproximateNumberOfMessagesVisible(minutely)],
        right: [watched.queue.metricApproximateNumberOfMessagesNotVisible(minutely)],
      },
      { title: `${name}: seconds of the oldest`, left: [watched.queue.metricApproximateAgeOfOldestMessage(minutely)] },
      put,
    );
  const consumer = { name: watched.topic.cluster.name, topic: watched.topic.name, group: watched.group };
  return row(
    { title: `${name}: records behind`, left: [lagMetric(consumer, 'SumOffsetLag')] },
    { title: `${name}: seconds behind`, left: [lagMetric(consumer, 'EstimatedMaxTimeLag')] },
    put,
  );
}
