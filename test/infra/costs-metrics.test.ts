// Metrics, alarms and schedules as docs/costs.md counts them: what two write is one, what a query reads is counted, and who runs how long is known.
import { expect, test } from 'vitest';
import { schedules } from '../../scripts/docs/costs/fixed/schedules.ts';
import { alarms, metricsOf, metricsRead, ownMetrics } from '../../scripts/docs/costs/fixed/watching.ts';
import { costedStages, measurements, metricsIn } from '../../scripts/docs/costs/input.ts';
import { arithmetic } from '../../scripts/docs/costs/line.ts';
import { ofType, type Resource } from '../../scripts/docs/costs/resource.ts';
import { RUN_SECONDS } from '../../scripts/docs/costs/synchroniser.ts';
import { resourcesOfStage } from './costed-resources.ts';

const stages = costedStages(resourcesOfStage);
const { ownMetrics: told } = measurements();
const countOf = (resources: readonly Resource[]) => ownMetrics(told, ofType(resources, 'AWS::Logs::MetricFilter'))[0]?.quantities[0]?.n;

test.each(Object.entries(stages))('metrics of %s are those that functions name and those of filters, each once', (_, resources) => {
  const filters = ofType(resources, 'AWS::Logs::MetricFilter').map(({ properties }) => properties.MetricTransformations[0].MetricName);

  expect(told).toEqual(expect.arrayContaining(['SagasParked', 'SyncFailed', 'PictureSeconds', 'ToldSeconds']));
  expect(countOf(resources)).toBe(told.length + new Set(filters).size);
});

test('names are found where they are told by durations, too', () => {
  expect(metricsIn("metrics.addMetric('One', MetricUnit.Count, 1); const two = durations('pictures', 'Two'); addMetric(name, 1);")).toEqual(
    ['One', 'Two'],
  );
});

test('a filter that writes a metric of its own counts, a second one of the same metric does not', () => {
  const filter = (MetricName: string): Resource => ({
    id: MetricName,
    stack: 'observability',
    type: 'AWS::Logs::MetricFilter',
    properties: { MetricTransformations: [{ MetricNamespace: 'stackyard/dev', MetricName }] },
    deletionPolicy: 'Delete',
  });
  const same = filter('StatusRequestsFailed');

  expect(countOf([same, same])).toBe(told.length + 1);
  expect(countOf([same, filter('StatusRequestsSlow')])).toBe(told.length + 2);
});

const asking = (id: string, Expression: string): Resource => ({
  id,
  stack: 'observability',
  type: 'AWS::CloudWatch::Alarm',
  properties: { Metrics: [{ Expression }] },
  deletionPolicy: 'Delete',
});

test('an alarm that asks a query is billed by the brokers that it reads of', () => {
  const disk = asking('Disk', 'SELECT MAX(KafkaDataLogsDiskUsed) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name")');
  const named = { ...disk, properties: {} };

  expect(alarms([disk, named], 3).map((line) => [line.what, arithmetic(line)])).toEqual([
    ['metrics of 1 alarms', '1 × 0.1 USD/month'],
    ['metrics that queries read, of 1 alarms', '3 × 0.1 USD/month'],
  ]);
});

test.each(Object.entries(stages))('no alarm of %s is left out of the bill', (_, resources) => {
  const free = ofType(resources, 'AWS::CloudWatch::Alarm').filter((each) => metricsOf(each) + metricsRead(each, 1) === 0);

  expect(free.map(({ id }) => id)).toEqual([]);
});

test('a query of something else is asked for', () => {
  expect(() => metricsRead(asking('Fleet', 'SELECT AVG(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)'), 3)).toThrow(
    'how many metrics the query of Fleet reads',
  );
});

test('runs of the synchroniser are as long as its calls, whether it is woken by its alias or not', () => {
  const line = (resources: readonly Resource[]) => {
    const found = schedules(resources).find(({ what }) => what === 'their duration, the synchroniser');
    return found && arithmetic(found);
  };

  expect(RUN_SECONDS).toBe(6);
  expect(line(stages.dev)).toBe('43,800 runs × 6 s × 0.5 GB × 0.0000133334 USD/GB-s');
  expect(line(stages.prod)).toBe(line(stages.dev));
  expect(line(stages.minimal)).toBe('121.7 runs × 6 s × 0.5 GB × 0.0000133334 USD/GB-s');
});

test('a schedule that wakes nobody ends the generator', () => {
  const properties = { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: { 'Fn::GetAtt': ['Gone', 'Arn'] } }] };

  expect(() => schedules([{ id: 'Every', stack: 'systems', type: 'AWS::Events::Rule', properties, deletionPolicy: 'Delete' }])).toThrow(
    'No function is woken by Every',
  );
});
