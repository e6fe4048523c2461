// When rules fire, and what their targets get: E1–E4.
import { DescribeRuleCommand, DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { expect, test, vi } from 'vitest';
import { parseSchedule } from '../../local/events/cron.ts';
import { eventSink } from './event-sink.ts';
import { hostFixture, nodeFunction } from './fixture.ts';
import { minutes, timed } from './timed.ts';

vi.setConfig({ testTimeout: minutes });

const created = new Date('2025-03-10T10:00:30Z');
const next = (expression: string, after = created) => parseSchedule(expression, created).next(after)?.toISOString();

/** A rule on a clock sixty times as fast, unless told otherwise: a minute is a second. */
async function scheduled(properties: object, target: object = {}, timeScale = 60) {
  const sink = await eventSink();
  const host = await hostFixture(
    {
      Job: nodeFunction(sink.source),
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Job', 'Arn'] }, ...target }], ...properties },
      },
    },
    { timeScale },
  );
  const stop = async () => {
    await host.stop();
    await sink.stop();
  };
  return { sink, host, stop };
}

test('E1: a rate counts from the creation of the rule', () => {
  expect(next('rate(1 minute)')).toBe('2025-03-10T10:01:30.000Z');
  expect(next('rate(5 minutes)', new Date('2025-03-10T10:12:00Z'))).toBe('2025-03-10T10:15:30.000Z');
  expect(next('rate(2 hours)')).toBe('2025-03-10T12:00:30.000Z');
  expect(next('rate(1 hour)')).toBe('2025-03-10T11:00:30.000Z');
  expect(next('rate(1 day)', new Date('2025-03-12T10:00:30Z'))).toBe('2025-03-13T10:00:30.000Z');
});

timed('E1: a rate of a minute fires every minute', async () => {
  const { sink, stop } = await scheduled({ ScheduleExpression: 'rate(1 minute)' });
  await sink.until((events) => events.length === 3);
  const times = sink.events.map((event) => Date.parse(event.time));
  expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 60_000, 120_000]);
  await stop();
});

test.for(['rate(1 minutes)', 'rate(5 minute)', 'rate(1 hours)', 'rate(2 day)', 'rate(0 minutes)', 'rate(5 seconds)', 'every 5 minutes'])(
  'E1: %s is refused',
  (expression) => {
    expect(() => parseSchedule(expression, created)).toThrow(expression.startsWith('rate') ? 'rate(' : 'must be rate(value unit) or cron');
  },
);

test.for([
  ['cron(0 10 * * ? *)', '2025-03-11T10:00:00.000Z'],
  ['cron(15 12 * * ? *)', '2025-03-10T12:15:00.000Z'],
  ['cron(0 18 ? * MON-FRI *)', '2025-03-10T18:00:00.000Z'],
  ['cron(0/15 * * * ? *)', '2025-03-10T10:15:00.000Z'],
  ['cron(0 0 ? * 1 *)', '2025-03-16T00:00:00.000Z'],
  ['cron(0 0 L * ? *)', '2025-03-31T00:00:00.000Z'],
  ['cron(0 0 ? * 3#1 *)', '2025-04-01T00:00:00.000Z'],
  ['cron(0 0 ? * 6L *)', '2025-03-28T00:00:00.000Z'],
  ['cron(0 0 15W * ? *)', '2025-03-14T00:00:00.000Z'],
  ['cron(0 0 1 1 ? 2027)', '2027-01-01T00:00:00.000Z'],
  ['cron(0/5 8-17 ? * MON-FRI *)', '2025-03-10T10:05:00.000Z'],
  ['cron(5,35 14 * * ? *)', '2025-03-10T14:05:00.000Z'],
  ['cron(0 8 1 JAN,APR ? 2025-2027)', '2025-04-01T08:00:00.000Z'],
  ['cron(0 0 ? * L *)', '2025-03-15T00:00:00.000Z'],
  ['cron(0 0 ? * 2-6 *)', '2025-03-11T00:00:00.000Z'],
  ['cron(0 0 ? * SAT#2 *)', '2025-04-12T00:00:00.000Z'],
  ['cron(0 12 ? */4 WED *)', '2025-05-07T12:00:00.000Z'],
] as const)('E2: %s fires next at %s', ([expression, expected]) => {
  expect(next(expression)).toBe(expected);
});

test('E2: expressions that EventBridge refuses are refused', () => {
  expect(() => next('cron(0 10 * * * *)')).toThrow('exactly one of day-of-month and day-of-week');
  expect(() => next('cron(0 10 ? * ? *)')).toThrow('exactly one of day-of-month and day-of-week');
  expect(() => next('cron(0 10 * * ?)')).toThrow('six fields');
  expect(() => next('cron(61 10 * * ? *)')).toThrow('not understood');
  expect(() => next('cron(0/30 * * * * ? *)'), 'more often than once a minute').toThrow('six fields');
});

timed('E3: the function gets the scheduled event', async () => {
  const { sink, host, stop } = await scheduled({ Name: 'tick', ScheduleExpression: 'rate(1 minute)' });
  const [event] = await sink.until((events) => events.length > 0);
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: host.account,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: host.region,
    resources: [`arn:aws:events:${host.region}:${host.account}:rule/tick`],
    detail: {},
  });
  expect(host.ref('Rule')).toBe('tick');
  await stop();
});

timed("E3: a target's Input replaces the event", async () => {
  const { sink, stop } = await scheduled({ ScheduleExpression: 'rate(1 minute)' }, { Input: '{"only":"this"}' });
  expect(await sink.until((events) => events.length > 0)).toContainEqual({ only: 'this' });
  await stop();
});

timed('E3: a target that fails gets the same event twice more, while the next ones arrive', async () => {
  const { sink, stop } = await scheduled({ ScheduleExpression: 'rate(1 minute)' }, {}, 600);
  sink.answer = () => {
    throw new Error('not today');
  };
  const tries = (id: string) => sink.events.filter((event) => event.id === id).length;
  const distinct = () => new Set(sink.events.map(({ id }) => id)).size;
  await sink.until((events) => events.some(({ id }) => tries(id) === 3));
  const { id } = sink.events.find((event) => tries(event.id) === 3);
  const known = distinct();

  expect(known).toBeGreaterThan(1);
  await sink.until(() => distinct() > known + 3);
  expect(tries(id)).toBe(3);
  await stop();
});

timed('E4: a disabled rule does not fire until it is enabled, and stops when it is disabled again', async () => {
  const sink = await eventSink();
  const rule = (name: string, State: string) => ({
    Type: 'AWS::Events::Rule',
    Properties: {
      Name: name,
      State,
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Job', 'Arn'] }, Input: JSON.stringify({ rule: name }) }],
    },
  });
  const job = nodeFunction(sink.source);
  const host = await hostFixture({ Job: job, Clock: rule('beat', 'ENABLED'), Paused: rule('rest', 'DISABLED') }, { timeScale: 60 });
  const count = (name: string) => sink.events.filter(({ rule }) => rule === name).length;
  const ticks = (more: number, from = count('beat')) => sink.until(() => count('beat') >= from + more);
  const client = new EventBridgeClient(host.config());
  const rest = async () => [(await client.send(new DescribeRuleCommand({ Name: 'rest' }))).State, count('rest')];

  await ticks(2);
  expect(await rest()).toEqual(['DISABLED', 0]);
  await client.send(new EnableRuleCommand({ Name: 'rest' }));
  await ticks(2);
  expect(await rest()).toEqual(['ENABLED', expect.toSatisfy((fired: number) => fired > 0)]);
  await client.send(new DisableRuleCommand({ Name: 'rest' }));
  const fired = count('rest');
  await ticks(2);
  // An event that had been fired may arrive a moment later.
  expect(await rest()).toEqual(['DISABLED', expect.toSatisfy((now: number) => now <= fired + 1)]);
  client.destroy();
  await host.stop();
  await sink.stop();
});

test('a rule for events of other services is refused', async () => {
  await expect(scheduled({ EventPattern: { source: ['aws.s3'] } })).rejects.toThrow('EventPattern');
});
