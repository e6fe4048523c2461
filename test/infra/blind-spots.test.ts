// Metrics that do not tell what their names promise: alarms avoid each of them, and one that did not would be found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type Alarm, alarmsOf } from './alarms.ts';
import { asked, dashboardsOf } from './asked-metrics.ts';
import { stackOf, synthesized } from './stage.ts';

const STAGES = ['dev', 'prod', 'minimal', 'localstack'] as const;
const stages = Object.fromEntries(STAGES.map((stage) => [stage, synthesized(stage)])) as Record<
  (typeof STAGES)[number],
  Record<string, Template>
>;
const systems = { minimal: stages.minimal.systems as Template, devOverSqs: stackOf('dev', 'systems', 'sqs') };
const { prod } = stages;
const alarms = alarmsOf(prod);
const named = (end: string): Alarm => alarms.find(({ AlarmName }) => AlarmName.endsWith(end));

/** Alarms on DynamoDB ignore silence whatever they are told: without zeros in between they ring for ever. */
const everRinging = (some: readonly Alarm[]): string[] =>
  some
    .filter(({ Namespace, Metrics = [] }) => {
      const metrics = Metrics as { Id: string; Expression?: string; MetricStat?: { Metric: { Namespace: string } } }[];
      const silent = metrics.filter(({ MetricStat }) => MetricStat?.Metric.Namespace === 'AWS/DynamoDB');
      return Namespace === 'AWS/DynamoDB' || silent.some(({ Id }) => !metrics.some(({ Expression }) => Expression === `FILL(${Id}, 0)`));
    })
    .map(({ AlarmName }) => AlarmName);

test.each(STAGES)('in the stage %s an alarm on DynamoDB is over when it is over', (stage) => {
  const all = alarmsOf(stages[stage]);
  expect(all.filter(({ Metrics }) => JSON.stringify(Metrics)?.includes('AWS/DynamoDB'))).toHaveLength(2);
  expect(everRinging(all)).toEqual([]);
});

test('an alarm on DynamoDB that rings for ever would be found', () => {
  const metrics = (Expression: string) => [
    { Id: 'all', Expression },
    { Id: 'one', MetricStat: { Metric: { Namespace: 'AWS/DynamoDB' } } },
  ];
  expect(everRinging([{ AlarmName: 'a', Namespace: 'AWS/DynamoDB' }])).toEqual(['a']);
  expect(everRinging([{ AlarmName: 'a', Metrics: metrics('one * 2') }])).toEqual(['a']);
  expect(everRinging([{ AlarmName: 'a', Metrics: metrics('FILL(one, 0)') }])).toEqual([]);
});

/**
 * Queues whose consumers hand back single messages, so that nothing throws, and whose alarm has not begun when a message is received for the third
 * time: from then on SQS leaves it out of the age, in queues without an order.
 */
function unseenFailures(template: Template): string[] {
  const sources = Object.values(template.findResources('AWS::Lambda::EventSourceMapping')).map(({ Properties }) => Properties);
  const partly = sources.filter(({ FunctionResponseTypes = [] }) => FunctionResponseTypes.includes('ReportBatchItemFailures'));
  const queues = template.findResources('AWS::SQS::Queue');
  const ages = alarmsOf({ template }).filter(({ MetricName }) => MetricName === 'ApproximateAgeOfOldestMessage');
  return partly.flatMap(({ EventSourceArn }) => {
    const id: string = EventSourceArn?.['Fn::GetAtt']?.[0];
    const queue = queues[id]?.Properties;
    if (!queue || queue.FifoQueue) return [];
    const alarm = ages.find(({ Dimensions }) => Dimensions[0].Value['Fn::GetAtt'][0] === id);
    return alarm && alarm.Threshold + alarm.EvaluationPeriods * alarm.Period < 2 * queue.VisibilityTimeout ? [] : [id];
  });
}

test('a job that fails again and again rings before SQS leaves it out of the age', () => {
  for (const template of Object.values(systems)) expect(unseenFailures(template)).toEqual([]);
});

test('a queue whose alarm would be too late is found', () => {
  const late = structuredClone(systems.minimal.toJSON());
  for (const { Type, Properties } of Object.values(late.Resources) as { Type: string; Properties: { VisibilityTimeout: number } }[])
    if (Type === 'AWS::SQS::Queue') Properties.VisibilityTimeout = 240;
  expect(unseenFailures(Template.fromJSON(late))).toHaveLength(1);
});

const statuses = (code: string): number[] => [...code.matchAll(/statusCode: (\d+)/g)].map(([, status]) => Number(status));

test('no alarm counts pages that the WebSocket API turns away; that its function fails is seen by its own', () => {
  for (const stage of STAGES)
    for (const { MetricName } of alarmsOf(stages[stage])) expect(['IntegrationError', 'ClientError']).not.toContain(MetricName);
  for (const end of ['-messages-socket-errors', '-messages-socket-throttles', '-messages-websocket-execution-errors'])
    expect(named(end)?.AlarmActions, end).toHaveLength(1);
  const code = readFileSync(join(import.meta.dirname, '../../functions/messages/socket.handler.ts'), 'utf8');
  expect(statuses(code)).toEqual([403, 200]);
  expect(statuses('return { statusCode: 503 };')).toEqual([503]);
});

test('silence of all brokers rings, by a metric that brokers have', () => {
  expect(named('-kafka-silent')).toMatchObject({
    Metrics: [{ Expression: expect.stringMatching(/^SELECT MAX\(CpuUser\) FROM SCHEMA\("AWS\/Kafka"/), Period: 300 }],
    Threshold: 0,
    ComparisonOperator: 'LessThanThreshold',
    EvaluationPeriods: 3,
    TreatMissingData: 'breaching',
  });
  expect(asked(prod).map(({ metric }) => metric)).not.toContain('ActiveControllerCount');
});

test('concurrency is compared with the quota that the account has, of the metric that Service Quotas names', () => {
  const { Metrics, Threshold, AlarmDescription } = named('-account-concurrency');
  expect(Threshold).toBe(80);
  expect(AlarmDescription).not.toMatch(/\d{3}/);
  const [{ Expression }, { Id, MetricStat }] = Metrics;
  expect(Expression).toBe(`100 * ${Id} / SERVICE_QUOTA(${Id})`);
  expect(MetricStat).toMatchObject({ Metric: { Namespace: 'AWS/Lambda', MetricName: 'ConcurrentExecutions' }, Stat: 'Maximum' });
  expect(MetricStat.Metric.Dimensions).toBeUndefined();
});

const doubled = (names: readonly string[]): string[] => names.filter((name) => name.split('stackyard-').length > 2);

test('a name has its stage once, so that alarms of a release are on the dashboard of their system', () => {
  const names: string[] = alarms.map(({ AlarmName }) => AlarmName);
  expect(doubled(names)).toEqual([]);
  expect(doubled(['stackyard-prod-systems-stackyard-prod-orders-api-release-errors'])).toHaveLength(1);
  const released = names.filter((name) => name.endsWith('-release-errors'));
  expect(released).toContain('stackyard-prod-systems-pictures-api-release-errors');
  expect(released.length).toBeGreaterThanOrEqual(15);
  const shown = JSON.stringify(Object.entries(dashboardsOf(prod)).filter(([name]) => !name.endsWith('-overview')));
  expect(released.filter((name) => !shown.includes(`:alarm:${name}`))).toEqual([]);
});
