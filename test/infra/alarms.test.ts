// Every alarm says who is hurt and what to read, every page is of an alarm, and whatever can fail has one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { expect, test } from 'vitest';
import type { Stage } from '../../lib/config.ts';
import { alarm, description } from '../../lib/constructs/alarm.ts';
import { maxConnections } from '../../lib/observability/database-alarms.ts';
import { alarmsOf, faultsOf, RUNBOOKS, runbooksWithoutAlarm, unheard } from './alarms.ts';
import { stackOf, synthesized } from './stage.ts';

const prod = alarmsOf(synthesized('prod'));

test.each<Stage>(['dev', 'prod', 'minimal', 'localstack'])(
  'in the stage %s each alarm says its impact and a runbook that exists, to somebody',
  (stage) => {
    const templates = synthesized(stage);
    const alarms = alarmsOf(templates);
    expect(alarms.length).toBeGreaterThan(40);
    expect(faultsOf(alarms)).toEqual([]);
    expect(unheard(templates)).toEqual([]);
  },
);

test('an alarm that nobody hears would be found', () => {
  const rule = { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['Named', 'Arn'] }, '")']] };
  const alarm = (AlarmName: string, AlarmActions?: string[]) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { AlarmName, AlarmActions },
  });
  const Both = { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'both', AlarmRule: rule, AlarmActions: [] } };
  const Resources = { Loud: alarm('loud', ['topic']), Silent: alarm('silent'), Named: alarm('named'), Both };
  expect(unheard({ stack: Template.fromJSON({ Resources }) })).toEqual(['silent', 'both']);
});

test('an alarm that leaves people alone would be found', () => {
  const good = {
    AlarmName: 'a',
    AlarmDescription: 'It is so. Impact: mail is late. Runbook: docs/runbooks/kafka.md',
    AlarmActions: [1],
    OKActions: [1],
  };
  expect(faultsOf([good])).toEqual([]);
  expect(faultsOf([good, good])).toEqual(['a: is not the only one of that name', 'a: is not the only one of that name']);
  expect(faultsOf([{ ...good, AlarmDescription: 'It is so' }])).toEqual(['a: says no impact or no runbook']);
  expect(faultsOf([{ ...good, AlarmDescription: good.AlarmDescription.replace('kafka', 'rabbits') }])).toEqual([
    'a: there is no runbook rabbits',
  ]);
  expect(faultsOf([{ ...good, OKActions: [] }])).toEqual(['a: does not tell when it is over']);
  expect(faultsOf([{ ...good, AlarmDescription: `${'x'.repeat(1024)}${good.AlarmDescription}` }])).toHaveLength(1);
});

test('every runbook is of an alarm; one that nobody is led to would be found', () => {
  expect(runbooksWithoutAlarm(prod)).toEqual([]);
  expect(runbooksWithoutAlarm(prod.filter(({ AlarmName }) => !AlarmName?.includes('nat-ports')))).toEqual(['nat']);
});

test('a runbook says what it means, who is hurt, what to look at and to do, when it is over, and how to prevent it, in 60 lines', () => {
  for (const file of readdirSync(RUNBOOKS).filter((name) => name !== 'README.md')) {
    const text = readFileSync(join(RUNBOOKS, file), 'utf8');
    const parts = ['**Means:** ', '**Hurt:** ', '## Look first', '```sh', '## Likely causes', '## Do', '## Over when', '## Prevent'];
    for (const part of parts) expect(text, file).toContain(part);
    expect(text.split('\n').length, file).toBeLessThanOrEqual(60);
  }
});

test('links between runbooks lead somewhere', () => {
  for (const file of readdirSync(RUNBOOKS))
    for (const [, linked = ''] of readFileSync(join(RUNBOOKS, file), 'utf8').matchAll(/\]\(([a-z-]+\.md)\)/g))
      expect(readdirSync(RUNBOOKS), file).toContain(linked);
});

test('a description that CloudWatch would refuse is refused here', () => {
  expect(() => description({ what: 'x'.repeat(1000), impact: 'none', runbook: 'kafka' })).toThrow('may have 1024 characters');
});

test.each([
  ['errors', /-(api|consumer|push|socket|relay|sync)-errors$/, 15],
  ['throttles', /-throttles$/, 15],
  ['durations near the time-out', /-duration$/, 15],
  ['dead letters', /-dead-letters$/, 4],
  ['oldest messages', /-oldest-message$/, 3],
  ['schedules', /-schedule$/, 5],
  ['checkouts', /-orders-checkout-(failed|timed-out|refused)$/, 3],
  ['broken books and silence about them', /-orders-(audit-problems|sagas-parked|no-audit-problems|no-sagas-settled)$/, 4],
  ['time since the last good sync', /-cats-no-sync-succeeded$/, 1],
  ['lag', /-kafka-lag$/, 1],
  ['connections and pinned sessions', /-database-(connections|proxy-pinned)$/, 2],
  ['concurrency', /-account-concurrency$/, 1],
  ['NAT gateways', /-nat-ports-\d$/, 3],
])('prod has alarms on %s', (_, name, atLeast) => {
  expect(prod.filter(({ AlarmName }) => name.test(AlarmName ?? '')).length).toBeGreaterThanOrEqual(atLeast);
});

test('silence about good runs, audits, reconcilers and brokers is bad; about anything else it is not', () => {
  const breaching = prod.filter(({ TreatMissingData }) => TreatMissingData === 'breaching').map(({ AlarmName }) => AlarmName);
  const silence = ['cats-no-sync-succeeded', 'orders-no-audit-problems', 'orders-no-sagas-settled'].map((name) => `systems-${name}`);
  expect(breaching.sort()).toEqual(['observability-kafka-silent', ...silence].map((name) => `stackyard-prod-${name}`));
  stackOf('minimal', 'systems').hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'SyncSucceeded',
    Period: 6 * 3_600,
    EvaluationPeriods: 3,
  });
});

test('the most connections follow from the memory of the instance, which must be known', () => {
  expect(['t4g.micro', 't4g.medium', 'm7g.large', 'r7g.large'].map(maxConnections)).toEqual([72, 290, 580, 1160]);
  expect(() => maxConnections('x2g.large')).toThrow('How much memory x2g.large has is not known');
});

test('an alarm names its stack, so that two stages of one account can have it', () => {
  const made = alarm(new Stack(new App(), 'stackyard-test-systems'), 'Late', {
    name: 'mail-late',
    what: 'Mail waits',
    impact: 'mail is late',
    runbook: 'queue-age',
    metric: new Metric({ namespace: 'Test', metricName: 'Age' }),
  });
  expect(made.node.defaultChild).toMatchObject({ alarmName: 'stackyard-test-systems-mail-late' });
});
