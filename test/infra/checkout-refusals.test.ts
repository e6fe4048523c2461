// A checkout that Step Functions refuses to begin is seen: in the access log, as no metric of Step Functions tells of it.
import { expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import type { Stage } from '../../lib/config.ts';
import { CHECKOUT_ROUTE, CHECKOUTS_REFUSED } from '../../lib/observability/checkout-refusals.ts';
import { alarmsOf } from './alarms.ts';
import { asked } from './asked-metrics.ts';
import { matchesPattern } from './filter-pattern.ts';
import { synthesized } from './stage.ts';

const prod = synthesized('prod');
const [filter] = Object.values(
  prod.observability?.findResources('AWS::Logs::MetricFilter', {
    Properties: { MetricTransformations: [{ MetricName: CHECKOUTS_REFUSED }] },
  }) ?? {},
).map(({ Properties }) => Properties);
const pattern: string = filter?.FilterPattern;

/** Of the access log as it is configured: what is not said, API Gateway writes as `-`. */
function line(values: Readonly<Record<string, string | number>>): Record<string, string | number> {
  const [stage] = Object.values(prod.systems?.findResources('AWS::ApiGateway::Stage') ?? {});
  const format: string = stage?.Properties.AccessLogSetting.Format;
  const fields = [...format.matchAll(/"(\w+)":/g)].map(([, field = '']) => field);
  const unknown = Object.keys(values).filter((field) => !fields.includes(field));
  if (unknown.length > 0) throw new Error(`The access log has no ${unknown.join(', ')}`);
  return { ...Object.fromEntries(fields.map((field) => [field, '-'])), ...values };
}

const checkout = (answer: Readonly<Record<string, string>>, status = 400) => line({ route: CHECKOUT_ROUTE, status, ...answer });

test.each([
  ['the role may not, or the quota is used up', { functionStatus: '400', integrationStatus: '400' }],
  ['Step Functions is away', { functionStatus: '503', integrationStatus: '503' }],
  ['only the one field has it', { functionStatus: '400' }],
  ['only the other field has it', { integrationStatus: '429' }],
])('it counts where %s', (_, answer) => {
  expect(matchesPattern(pattern, checkout(answer))).toBe(true);
});

test('it counts no execution that ran, whatever became of it, and nothing that API Gateway turned away', () => {
  expect(matchesPattern(pattern, checkout({ functionStatus: '200', integrationStatus: '200' }))).toBe(false);
  expect(matchesPattern(pattern, checkout({ functionStatus: '200', integrationStatus: '200' }, 200))).toBe(false);
  for (const status of [403, 415, 429]) expect(matchesPattern(pattern, checkout({}, status))).toBe(false);
});

test('it counts no other route; a filter that does would be found', () => {
  const failing = line({ route: '/stock/item/create/{price}', status: 502, functionStatus: '502', integrationStatus: '502' });
  expect(matchesPattern(pattern, failing)).toBe(false);
  expect(matchesPattern(pattern.replace(CHECKOUT_ROUTE, '*'), failing)).toBe(true);
});

test('the route is the one of checkouts', () => {
  expect(Object.values(systems.orders).map(({ path }) => path)).toContain(CHECKOUT_ROUTE);
});

test.each<Stage>(['dev', 'prod', 'minimal'])('in the stage %s somebody hears of more than three in a quarter of an hour', (stage) => {
  const alarm = alarmsOf(synthesized(stage)).find(({ AlarmName }) => AlarmName.endsWith('-orders-checkout-refused'));
  expect(alarm).toMatchObject({
    Namespace: `stackyard/${stage}`,
    MetricName: CHECKOUTS_REFUSED,
    Statistic: 'Sum',
    Period: 900,
    Threshold: 3,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
  expect(alarm.AlarmActions).toHaveLength(1);
});

test('nobody listens for throttled states, which Express workflows do not have', () => {
  const names = (['dev', 'prod', 'minimal', 'localstack'] as const).flatMap((stage) =>
    asked(synthesized(stage)).map(({ metric }) => metric),
  );
  expect(names).toContain('ExecutionsFailed');
  expect(names).not.toContain('ExecutionThrottled');
});
