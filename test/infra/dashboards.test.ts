// Dashboards and alarms ask only for what exists: metrics that code emits, functions and queues of the template.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { businessMetrics, FAILURES } from '../../lib/constructs/business-alarm.ts';
import { CHECKOUTS_REFUSED } from '../../lib/observability/checkout-refusals.ts';
import { systemNames } from '../../lib/observability/request-metrics.ts';
import { alarmsOf } from './alarms.ts';
import { type Asked, asked, askedByDashboards, dashboardsOf } from './asked-metrics.ts';
import { documented } from './aws-metrics.ts';
import { synthesized } from './stage.ts';

const root = join(import.meta.dirname, '../..');
const prod = synthesized('prod');
const everything = asked(prod);

const named = (templates: Readonly<Record<string, Template>>, type: string, property: string) =>
  Object.values(templates).flatMap((template) => Object.values(template.findResources(type)).map(({ Properties }) => Properties[property]));

/** Metrics of our own that some code emits: a service by its metrics' names, the access log by filters. */
function emitted(): Set<string> {
  const code = globSync('functions/**/*.ts', { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
  const told = code.flatMap((text) =>
    [...text.matchAll(/(?:addMetric\(|durations\('\w+', |const METRIC = )'(\w+)'/g)].map(([, name = '']) => name),
  );
  const filtered = named(prod, 'AWS::Logs::MetricFilter', 'MetricTransformations').flatMap((all) =>
    (all as { MetricName: string }[]).map(({ MetricName }) => MetricName),
  );
  return new Set([...told, ...filtered]);
}

function unemitted(metrics: readonly Asked[]): string[] {
  const all = emitted();
  const ours = metrics.filter(({ namespace }) => !namespace.startsWith('AWS/'));
  return [...new Set(ours.map(({ metric }) => metric))].filter((name) => !all.has(name));
}

test('there is an overview and a dashboard for each system; minimal has the overview', () => {
  const names = (stage: string, ...parts: readonly string[]) => parts.map((part) => `stackyard-${stage}-${part}`).sort();
  expect(Object.keys(dashboardsOf(prod)).sort()).toEqual(names('prod', 'overview', ...systemNames));
  expect(Object.keys(dashboardsOf(synthesized('minimal')))).toEqual(names('minimal', 'overview'));
  expect(Object.keys(dashboardsOf(synthesized('localstack')))).toEqual([]);
});

test('every metric of our own is emitted, in the namespace of the stage, and what is emitted is known here', () => {
  const ours = everything.filter(({ namespace }) => !namespace.startsWith('AWS/'));
  expect(new Set(ours.map(({ namespace }) => namespace))).toEqual(new Set(['stackyard/prod']));
  const all = emitted();
  expect(unemitted(everything)).toEqual([]);
  expect(Object.keys(businessMetrics).filter((name) => !all.has(name))).toEqual([]);
  expect(
    [...all].filter(
      (name) => !(name in businessMetrics || [CHECKOUTS_REFUSED, FAILURES].includes(name) || /Requests(Failed|Slow)$/.test(name)),
    ),
  ).toEqual([]);
});

/** Metrics of AWS, with the names of their dimensions, that are asked for in any stage. */
const ofAws = (metrics: readonly Asked[]): string[] => [
  ...new Set(
    metrics.flatMap(({ namespace, metric, dimensions }) =>
      namespace.startsWith('AWS/') ? [`${namespace} ${metric} by ${Object.keys(dimensions).sort().join(', ')}`] : [],
    ),
  ),
];

test('every metric of AWS is one that it documents, by the dimensions that it has, and none is listed that nobody asks for', () => {
  const known = Object.entries(documented).flatMap(([namespace, byDimensions]) =>
    Object.entries(byDimensions).flatMap(([dimensions, metrics]) => metrics.map((metric) => `${namespace} ${metric} by ${dimensions}`)),
  );
  const wanted = (['dev', 'prod', 'minimal', 'localstack'] as const).flatMap((stage) => asked(synthesized(stage)));
  expect(ofAws(wanted).sort()).toEqual(known.sort());
});

test('functions write to the namespace that alarms ask', () => {
  const namespaces = named(prod, 'AWS::Lambda::Function', 'Environment').flatMap(
    (environment) => environment?.Variables?.METRICS_NAMESPACE ?? [],
  );
  expect(namespaces.length).toBeGreaterThanOrEqual(4);
  expect(new Set(namespaces)).toEqual(new Set(['stackyard/prod']));
});

test('every function that is asked for is one of the template, and each of them is on a dashboard', () => {
  const known = named(prod, 'AWS::Lambda::Function', 'FunctionName').filter(Boolean) as string[];
  const literal = (metrics: readonly Asked[]) =>
    metrics.flatMap(({ dimensions: { FunctionName } }) => (typeof FunctionName === 'string' ? [FunctionName] : []));
  const shown = literal(askedByDashboards(prod));
  expect(new Set(literal(everything)).difference(new Set(known))).toEqual(new Set());
  // What runs in a deployment, or beside one, is on none.
  const watched = known.filter((name) => !name.includes('-operations-'));
  expect(new Set(watched).difference(new Set(shown))).toEqual(new Set());
});

test('every queue, rule, table and machine that is asked for is a resource, by reference', () => {
  const byReference = ['QueueName', 'RuleName', 'TableName', 'StateMachineArn', 'ApiId', 'NatGatewayId', 'TopicName'];
  const found = everything.flatMap(({ dimensions }) =>
    byReference.filter((name) => name in dimensions).map((name) => [name, dimensions[name]] as const),
  );
  expect(new Set(found.map(([name]) => name)).size).toBeGreaterThanOrEqual(6);
  expect(found.filter(([name, value]) => typeof value === 'string' && name !== 'RuleName')).toEqual([]);
});

test('the clusters and instances that are asked for have these names', () => {
  const values = (dimension: string) =>
    new Set(everything.flatMap(({ dimensions }) => (dimension in dimensions ? [dimensions[dimension]] : [])));
  expect([...values('Cluster Name')]).toEqual(named(prod, 'AWS::MSK::Cluster', 'ClusterName'));
  expect([...values('DBInstanceIdentifier')]).toEqual(named(prod, 'AWS::RDS::DBInstance', 'DBInstanceIdentifier'));
  expect([...values('ApiName')]).toEqual(named(prod, 'AWS::ApiGateway::RestApi', 'Name'));
});

test('a metric that nobody emits would be found', () => {
  const misspelt = { namespace: 'stackyard/prod', metric: 'SyncSucceded', dimensions: { service: 'cats' } };
  expect(unemitted([...everything, misspelt])).toEqual(['SyncSucceded']);
});

test('no widget has more alarms than CloudWatch shows', () => {
  const widgets = Object.values(dashboardsOf(prod)).flatMap((dashboard) =>
    dashboard.widgets.map(({ properties }) => properties.alarms?.length ?? 0),
  );
  expect(Math.max(...widgets)).toBe(100);
});

test('every alarm that speaks is on the overview', () => {
  const overview = JSON.stringify(dashboardsOf(prod)['stackyard-prod-overview']);
  const speaking = alarmsOf(prod).filter(({ AlarmActions }) => AlarmActions?.length > 0);
  expect(speaking.filter(({ AlarmName }) => !overview.includes(`:alarm:${AlarmName}`)).map(({ AlarmName }) => AlarmName)).toEqual([]);
});
