// Objectives: every route is of one of them, their windows are the arithmetic that docs/slo.md states, and one alarm speaks for each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { fewestEvents, shortly, speeds, windows } from '../../lib/observability/burn-rate.ts';
import { PICTURE_SECONDS, TOLD_SECONDS } from '../../lib/observability/objectives.ts';
import { requestsBySystem, systemNames } from '../../lib/observability/request-metrics.ts';
import { alarmsOf } from './alarms.ts';
import { isLike } from './filter-pattern.ts';
import { stackOf, synthesized } from './stage.ts';

const prod = synthesized('prod');
const alarms = alarmsOf(prod);
const document = readFileSync(join(import.meta.dirname, '../../docs/slo.md'), 'utf8');

const answering = (path: string) => systemNames.filter((name) => requestsBySystem[name].routes.some((pattern) => isLike(path, pattern)));

test('every route is measured by one system, but those for operators', () => {
  const operators = new Set(['workers', 'metrics']);
  const expected = { stock: 'orders', payment: 'orders' } as Record<string, string>;
  for (const [name, table] of Object.entries(systems))
    for (const { path } of Object.values(table)) expect(answering(path), path).toEqual(operators.has(name) ? [] : [expected[name] ?? name]);
});

test('a route that no system measures would be found', () => {
  expect(answering('/refunds/{id}')).toEqual([]);
});

test('each answer writes one value into each metric, 0 or 1', () => {
  const filters = Object.values(prod.observability?.findResources('AWS::Logs::MetricFilter') ?? {})
    .map(({ Properties }) => Properties)
    .filter(({ MetricTransformations: [{ MetricName }] }) => MetricName.includes('Requests'));
  expect(filters).toHaveLength(4 * systemNames.length + 3);
  for (const name of systemNames) {
    const own = filters.filter(({ FilterPattern }) => FilterPattern.includes(`"${requestsBySystem[name].routes[0]}"`));
    expect(
      own.map(({ MetricTransformations: [{ MetricName, MetricValue }] }) => `${MetricName} ${MetricValue}`.replace(/^\w+Requests/, '')),
    ).toEqual(['Failed 0', 'Failed 1', 'Slow 0', 'Slow 1']);
  }
  // CloudWatch Logs takes no longer ones.
  expect(Math.max(...filters.map(({ FilterPattern }) => FilterPattern.length))).toBeLessThanOrEqual(1024);
});

test('the access log has what the filters ask for, numbers as numbers', () => {
  const [stage] = Object.values(stackOf('prod', 'systems').findResources('AWS::ApiGateway::Stage'));
  const format = stage?.Properties.AccessLogSetting.Format as string;
  const line = JSON.parse(format.replace(/:\$context\.(status|responseLatency)/g, ':7'));
  expect(line).toMatchObject({ route: '$context.resourcePath', status: 7, latencyMs: 7 });
});

test('a burn rate times its window is its part of a budget of 30 days, and the short window a twelfth of the long one', () => {
  const part = ({ rate, long }: (typeof windows)[number]) => Math.round((100 * rate * long.toHours()) / (30 * 24));
  expect(windows.map(part)).toEqual([2, 5, 10]);
  for (const { long, short } of windows) expect(long.toMinutes() / short.toMinutes()).toBe(12);
  expect(part({ rate: 14.4, long: Duration.hours(2), short: Duration.minutes(10) })).not.toBe(2);
});

test('thresholds are rate times budget, over windows that CloudWatch takes', () => {
  for (const [target, name] of [
    [0.999, 'orders-availability'],
    [0.99, 'messages-told'],
  ] as const)
    for (const { rate, long, short } of windows)
      for (const length of [long, short]) {
        const found = alarms.find(({ AlarmName }) => AlarmName?.endsWith(`-${name}-burn-${rate}x-${shortly(length)}`));
        expect(found?.Threshold).toBeCloseTo(rate * (1 - target), 8);
        const periods = found?.Period
          ? [found.Period]
          : found?.Metrics.flatMap(({ MetricStat }: { MetricStat?: { Period: number } }) => MetricStat?.Period ?? []);
        expect(new Set(periods)).toEqual(new Set([length.toSeconds()]));
      }
  // Longer than an hour: up to a week.
  expect(Math.max(...windows.map(({ long }) => long.toSeconds()))).toBeLessThanOrEqual(604_800);
});

const expressionsOf = (name: string, { rate, long }: (typeof windows)[number]): string[] =>
  alarms
    .find(({ AlarmName }) => AlarmName?.endsWith(`-${name}-burn-${rate}x-${shortly(long)}`))
    ?.Metrics.flatMap(({ Expression }: { Expression?: string }) => Expression ?? []);

test('two bad events wake nobody: where they would be too large a share, there were too few events', () => {
  for (const target of [0.999, 0.99])
    for (const window of windows) {
      const threshold = window.rate * (1 - target);
      const fewest = fewestEvents(Number(threshold.toFixed(6)));
      expect(fewest).toBeGreaterThanOrEqual(50);
      expect(2 / fewest).toBeLessThanOrEqual(threshold + 1e-9);
      expect(expressionsOf(target === 0.999 ? 'cats-availability' : 'cats-latency', window)).toContain(`IF(events >= ${fewest}, bad, 0)`);
    }
  expect(windows.map(({ rate }) => fewestEvents(Number((rate * 0.001).toFixed(6))))).toEqual([139, 334, 667]);
});

test('what orders, stock and payment fail at with 400 is one bad value more, written by their logs', () => {
  const told = Object.values(prod.observability?.findResources('AWS::Logs::MetricFilter') ?? {})
    .map(({ Properties }) => Properties)
    .filter(({ FilterPattern }) => FilterPattern === '{ $.Failures = 1 }');
  for (const { MetricTransformations } of told)
    expect(MetricTransformations).toEqual([{ MetricName: 'OrdersRequestsFailed', MetricNamespace: 'stackyard/prod', MetricValue: '1' }]);
  const systems = prod.systems?.toJSON() as {
    Resources: Record<string, { Properties?: Record<string, unknown> }>;
    Outputs: Record<string, { Value: { Ref: string } }>;
  };
  const logs = told.map(({ LogGroupName }) => systems.Outputs[LogGroupName['Fn::GetStackOutput'].OutputName]?.Value.Ref);
  const writers = Object.values(systems.Resources).filter(({ Properties }) =>
    logs.includes((Properties?.LoggingConfig as { LogGroup?: { Ref: string } } | undefined)?.LogGroup?.Ref),
  );
  expect(writers.map(({ Properties }) => Properties?.FunctionName).sort()).toEqual(
    ['orders', 'payment', 'stock'].map((name) => `stackyard-prod-${name}-api`),
  );
});

test('a checkout that is under way is neither good nor bad', () => {
  for (const window of windows) {
    const expressions = expressionsOf('orders-decided', window).join('; ');
    expect(expressions).toContain('(FILL(failed, 0) + FILL(timedOut, 0)) / (FILL(succeeded, 0) + FILL(failed, 0) + FILL(timedOut, 0))');
    expect(expressions).not.toContain('started');
  }
});

test('six silent alarms and two that speak make an objective: what is slow and rings hides nothing that is fast', () => {
  const speaking = alarms.filter(({ AlarmName }) => /-objective-(fast|slow)$/.test(AlarmName));
  const silent = alarms.filter(({ AlarmName }) => AlarmName?.includes('-burn-'));
  expect(speaking).toHaveLength(2 * (2 * systemNames.length + 3));
  expect(silent).toHaveLength(3 * speaking.length);
  expect(silent.filter(({ AlarmActions }) => AlarmActions)).toEqual([]);
  for (const { AlarmName, AlarmRule, AlarmActions } of speaking) {
    const speed = speeds.find((one) => AlarmName.endsWith(one));
    const rates = windows.filter((window) => window.speed === speed).map(({ rate }) => rate);
    expect(ratesIn(AlarmRule)).toBe(`(${rates.map((rate) => `(${rate} AND ${rate})`).join(' OR ')})`);
    expect(AlarmActions).toHaveLength(1);
  }
  expect(windows.filter(({ speed }) => speed === 'slow').map(({ rate }) => rate)).toEqual([3]);
});

/** `((14.4 AND 14.4) OR (6 AND 6))`: of the alarms that a rule names by reference, the rates. */
function ratesIn(rule: { 'Fn::Join': [string, (string | { 'Fn::GetAtt': [string, string] })[]] }): string {
  const made = prod.observability?.findResources('AWS::CloudWatch::Alarm') ?? {};
  return rule['Fn::Join'][1]
    .map((part) => {
      if (typeof part === 'string') return part;
      return /-burn-([\d.]+)x-/.exec(made[part['Fn::GetAtt'][0]]?.Properties.AlarmName)?.[1];
    })
    .join('')
    .replaceAll(/ALARM\("([\d.]+)"\)/g, '$1');
}

test('docs/slo.md states these objectives and windows', () => {
  for (const { rate, speed } of windows) expect(document).toMatch(new RegExp(`\\| ${rate} \\|.*\\| ${speed}: `));
  for (const { rate, long } of windows) expect(document).toContain(`| ${rate} | ${long.toHours()} h |`);
  for (const seconds of [TOLD_SECONDS, PICTURE_SECONDS]) expect(document).toContain(`within ${seconds} s of the receipt`);
  for (const name of systemNames) expect(document).toMatch(new RegExp(`within ${requestsBySystem[name].slowAfter / 1000} s`));
  expect(document).toContain(`${2 * systemNames.length + 3} objectives`);
});
