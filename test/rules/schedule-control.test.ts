// E4: rules as EventBridge's own client describes, lists, disables and enables them, also over restarts of the host.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ResourceNotFoundException,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EventSink, eventSink } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';
import { minutes } from './timed.ts';

vi.setConfig({ testTimeout: minutes });

let sink: EventSink;
let dataDir: string;
let host: FixtureHost | undefined;

beforeEach(async () => {
  sink = await eventSink();
  dataDir = mkdtempSync(join(tmpdir(), 'stackyard-rules-data-'));
});

afterEach(async () => {
  await host?.stop();
  await sink.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Rules that send their own name, on a clock sixty times as fast. Started again it goes on with the same data. */
async function start(rules: Readonly<Record<string, object>>): Promise<EventBridgeClient> {
  await host?.stop();
  const resources = Object.entries(rules).map(([name, properties]) => {
    const target = { Id: 'Target0', Arn: { 'Fn::GetAtt': ['Job', 'Arn'] }, Input: JSON.stringify({ rule: name }) };
    const Properties = { Name: name, ScheduleExpression: 'rate(1 minute)', Targets: [target], ...properties };
    return [`Rule${name.replace('-', '')}`, { Type: 'AWS::Events::Rule', Properties }];
  });
  host = await hostFixture({ Job: nodeFunction(sink.source), ...Object.fromEntries(resources) }, { timeScale: 60, dataDir });
  return new EventBridgeClient({ ...host.config(), maxAttempts: 1 });
}

const count = (name: string) => sink.events.filter(({ rule }) => rule === name).length;
/** Resolves when the rule has fired `more` times from now on. */
const fires = (name: string, more: number, from = count(name)) => sink.until(() => count(name) >= from + more);
const stateOf = async (client: EventBridgeClient, Name: string) => (await client.send(new DescribeRuleCommand({ Name }))).State;

test('E4: DescribeRule tells name, ARN, schedule, description and state', async () => {
  const client = await start({ sync: { Description: 'every minute' } });
  const { region, account } = host as FixtureHost;

  const { $metadata, ...described } = await client.send(new DescribeRuleCommand({ Name: 'sync' }));

  expect($metadata.httpStatusCode).toBe(200);
  expect(described).toEqual({
    Name: 'sync',
    Arn: `arn:aws:events:${region}:${account}:rule/sync`,
    ScheduleExpression: 'rate(1 minute)',
    Description: 'every minute',
    State: 'ENABLED',
    EventBusName: 'default',
    CreatedBy: account,
  });
});

test('E4: DisableRule stops the firing and EnableRule resumes it', async () => {
  const client = await start({ clock: {}, sync: {} });
  await fires('sync', 1);

  await client.send(new DisableRuleCommand({ Name: 'sync' }));
  const before = count('sync');
  await fires('clock', 3);

  // An event that had been fired may arrive a moment later.
  expect(count('sync')).toBeLessThanOrEqual(before + 1);
  expect(await stateOf(client, 'sync')).toBe('DISABLED');
  await client.send(new EnableRuleCommand({ Name: 'sync' }));
  await fires('sync', 2);
  expect(await stateOf(client, 'sync')).toBe('ENABLED');
});

test('E4: ListRules gives all rules by name, by prefix and page by page', async () => {
  const client = await start({ relay: {}, 'sync-b': { State: 'DISABLED' }, 'sync-a': {} });
  const page = (input: object) => client.send(new ListRulesCommand(input));
  /** In an order that AWS does not document; an account may have more. */
  const all = async (input: object) => {
    const rules: Rule[] = [];
    for (let token: string | undefined, first = true; first || token; first = false) {
      const { Rules = [], NextToken } = await page({ ...input, ...(token && { NextToken: token }) });
      rules.push(...Rules);
      token = NextToken;
    }
    return rules
      .map(({ Name = '' }) => Name)
      .filter((name) => ['relay', 'sync-a', 'sync-b'].includes(name))
      .sort();
  };

  expect(await all({})).toEqual(['relay', 'sync-a', 'sync-b']);
  expect(await all({ NamePrefix: 'sync-', Limit: 1 })).toEqual(['sync-a', 'sync-b']);
  expect((await page({ NamePrefix: 'sync-', Limit: 1 })).Rules).toHaveLength(1);
  expect((await page({ NamePrefix: 'sync-', Limit: 2 })).NextToken).toBeUndefined();
  expect((await page({ NamePrefix: 'sync-b' })).Rules).toMatchObject([{ State: 'DISABLED', Arn: expect.stringMatching(/rule\/sync-b$/) }]);
});

test('E4: a rule or bus that is not there is ResourceNotFoundException', async () => {
  const client = await start({ sync: {} });
  const arn = `arn:aws:events:${host?.region}:${host?.account}:event-bus/default`;

  for (const command of [
    new DescribeRuleCommand({ Name: 'other' }),
    new EnableRuleCommand({ Name: 'other' }),
    new DisableRuleCommand({ Name: 'other' }),
  ]) {
    const failure = await client.send(command as DescribeRuleCommand).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ResourceNotFoundException);
    expect(failure).toMatchObject({ message: 'Rule other does not exist on EventBus default.' });
  }
  await expect(client.send(new ListRulesCommand({ EventBusName: 'mine' }))).rejects.toThrow('Event bus mine does not exist.');
  expect((await client.send(new DescribeRuleCommand({ Name: 'sync', EventBusName: arn }))).Name).toBe('sync');
});

test('E4: what the API set outlives a restart, until the rule changes in the template', async () => {
  let client = await start({ clock: {}, sync: {}, paused: { State: 'DISABLED' } });
  await client.send(new DisableRuleCommand({ Name: 'sync' }));
  await client.send(new EnableRuleCommand({ Name: 'paused' }));

  client = await start({ clock: {}, sync: {}, paused: { State: 'DISABLED' } });
  const before = count('sync');
  await Promise.all([fires('clock', 2), fires('paused', 2)]);

  expect([await stateOf(client, 'sync'), await stateOf(client, 'paused')]).toEqual(['DISABLED', 'ENABLED']);
  expect(count('sync')).toBe(before);
  client = await start({ sync: { ScheduleExpression: 'rate(2 minutes)' }, paused: { State: 'DISABLED' } });
  expect([await stateOf(client, 'sync'), await stateOf(client, 'paused')]).toEqual(['ENABLED', 'ENABLED']);
  await fires('sync', 1);
});
