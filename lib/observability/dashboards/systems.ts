// A dashboard a system: its promises first, then its functions, queues and what it counts itself.
import { Duration } from 'aws-cdk-lib';
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Stage } from '../../config.ts';
import { type BusinessMetric, businessMetric } from '../../constructs/business-alarm.ts';
import type { SystemsStack } from '../../stacks/systems.ts';
import { webSocketMetric } from '../api-alarms.ts';
import { checkoutsRefused } from '../checkout-refusals.ts';
import type { SystemName } from '../request-metrics.ts';
import { functionRow, queueRow, row } from './widgets.ts';

/** What the parts of a dashboard are made of. */
export interface Shown {
  readonly stage: Stage;
  readonly systems: SystemsStack;
}

/** Entries of functions, by the system that they work for. */
export const functionsBySystem: Readonly<Record<SystemName, readonly string[]>> = {
  status: ['status/api', 'workers/api', 'metrics/api'],
  pictures: ['pictures/api', 'pictures/consumer', 'pictures/relay'],
  messages: ['messages/api', 'messages/consumer', 'messages/push', 'messages/socket'],
  orders: ['orders/api', 'stock/api', 'payment/api'],
  cats: ['cats/api', 'cats/sync'],
};

const queues = ({ systems }: Shown, ...names: readonly string[]): IWidget[][] =>
  systems.watched.filter(({ name }) => names.includes(name)).map(queueRow);

const counted = ({ stage }: Shown, metricName: BusinessMetric, statistic: string) =>
  businessMetric(stage, metricName, { statistic, period: Duration.minutes(5) });

const durations = (shown: Shown, title: string, metricName: BusinessMetric): IWidget[] =>
  row({
    title,
    left: [counted(shown, metricName, 'p50'), counted(shown, metricName, 'p99')],
    right: [counted(shown, metricName, 'SampleCount')],
  });

/** What only this system has. */
const own: Readonly<Record<SystemName, (shown: Shown) => IWidget[][]>> = {
  status: () => [],
  pictures: (shown) => [durations(shown, 'Seconds from receipt to result', 'PictureSeconds'), ...queues(shown, 'picture-jobs')],
  messages: (shown) => [
    durations(shown, 'Seconds from receipt until listeners are told', 'ToldSeconds'),
    ...queues(shown, 'messages', 'pushes', 'greetings'),
    ...listeners(shown),
  ],
  orders: (shown) => [
    checkouts(shown),
    row(
      { title: 'Sagas', left: [counted(shown, 'SagasSettled', 'Sum')], right: [counted(shown, 'SagasParked', 'Maximum')] },
      { title: 'Audit', left: [counted(shown, 'Revenue', 'Maximum')], right: [counted(shown, 'AuditProblems', 'Maximum')] },
    ),
  ],
  cats: (shown) => [row({ title: 'Runs', left: [counted(shown, 'SyncSucceeded', 'Sum'), counted(shown, 'SyncFailed', 'Sum')] })],
};

function checkouts({ stage, systems: { checkout } }: Shown): IWidget[] {
  return row(
    {
      title: 'Checkouts',
      left: [checkout.metricStarted(), checkout.metricSucceeded()],
      right: [checkout.metricFailed(), checkout.metricTimedOut(), checkoutsRefused(stage)],
    },
    { title: 'Checkouts: milliseconds', left: [checkout.metricTime({ statistic: 'p50' }), checkout.metricTime({ statistic: 'p99' })] },
  );
}

function listeners({ systems: { webSocket } }: Shown): IWidget[][] {
  if (!webSocket) return [];
  const metric = (name: string, statistic = 'Sum') => webSocketMetric(webSocket, name, statistic);
  return [
    row(
      { title: 'Listeners: connections and frames', left: [metric('ConnectCount')], right: [metric('MessageCount')] },
      { title: 'Listeners: errors', left: [metric('IntegrationError'), metric('ExecutionError'), metric('ClientError')] },
    ),
  ];
}

export const systemRows = (shown: Shown, system: SystemName): IWidget[][] => [
  ...own[system](shown),
  ...functionsBySystem[system].map((entry) => functionRow(shown.stage, entry)),
];
