// How much the APIs let in, and what they write down of it.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { systems } from '../../functions/routes.ts';
import { configOf } from '../../lib/config.ts';
import { synthesized, synthesizedFrom } from './stage.ts';

let template: Template | undefined;

beforeAll(() => {
  template = synthesized('prod').systems;
});

interface Setting {
  readonly HttpMethod: string;
  readonly ResourcePath: string;
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
  readonly LoggingLevel?: string;
}

const settingsOf = (stack: Template | undefined): Setting[] =>
  Object.values(stack?.findResources('AWS::ApiGateway::Stage') ?? {}).flatMap(({ Properties }) => Properties.MethodSettings ?? []);

test('the whole API, and the holder of one key, have the rates of the configuration', () => {
  const { edge } = configOf('prod');
  const throttled = { ...edge, throttle: { stage: { perSecond: 11, burst: 22 }, key: { perSecond: 3, burst: 4 } } };
  const { systems: stack } = synthesizedFrom({ ...configOf('prod'), edge: throttled });

  expect(settingsOf(stack)[0]).toMatchObject({ ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 11, ThrottlingBurstLimit: 22 });
  stack?.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 3, BurstLimit: 4 } });
  stack?.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
    DefaultRouteSettings: { ThrottlingRateLimit: 11, ThrottlingBurstLimit: 22 },
  });
});

/** Routes that keep a function busy for seconds and have no rate of their own. */
function unbounded(settings: readonly Setting[]): string[] {
  const bounded = settings.filter(({ ThrottlingRateLimit }) => ThrottlingRateLimit === 1);
  const names = bounded.map(({ HttpMethod, ResourcePath }) => `${HttpMethod} ${ResourcePath.slice(1).replaceAll('~1', '/')}`);
  return Object.values(systems)
    .flatMap((table) => Object.values(table))
    .filter(({ path }) => path.includes('batch_init'))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !names.includes(name));
}

test('what keeps a function busy for seconds is let in once a second', () => {
  expect(unbounded(settingsOf(template))).toEqual([]);
});

test('a heavy route without a rate of its own would be found', () => {
  expect(unbounded(settingsOf(template).slice(0, 2))).toHaveLength(2);
});

test('every request is a line of JSON, without headers, query and body, in a group that forgets', () => {
  for (const [type, property] of [
    ['AWS::ApiGateway::Stage', 'AccessLogSetting'],
    ['AWS::ApiGatewayV2::Stage', 'AccessLogSettings'],
  ] as const) {
    const [stage] = Object.values(template?.findResources(type) ?? {});
    const { DestinationArn, Format } = stage?.Properties[property] ?? {};
    // Numbers stand without quotes, so that filters can compare them.
    const line = JSON.parse(Format.replaceAll(/:(\$context[\w.]+)/g, ':"$1"'));
    expect(line).toMatchObject({ requestId: '$context.requestId', status: '$context.status' });
    expect(Format).not.toMatch(/header|querystring|\.path\b|body/i);
    const group = template?.findResources('AWS::Logs::LogGroup')[DestinationArn['Fn::GetAtt'][0]];
    expect(group?.Properties.RetentionInDays, type).toBe(90);
    expect(JSON.stringify(stage?.DependsOn), type).toContain('ApiAccount');
  }
});

test('failures of the gateway itself are logged of every method, into a group that was made before and forgets', () => {
  for (const setting of settingsOf(template)) expect(setting).toMatchObject({ LoggingLevel: 'ERROR', DataTraceEnabled: false });
  const groups = template?.findResources('AWS::Logs::LogGroup', {
    Properties: {
      LogGroupName: Match.objectLike({ 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', Match.anyValue(), '/prod']] }),
      RetentionInDays: 90,
    },
  });
  const [id] = Object.keys(groups ?? {});
  expect(id).toBeDefined();
  const [stage] = Object.values(template?.findResources('AWS::ApiGateway::Stage') ?? {});
  expect(stage?.DependsOn).toContain(id);
});

test('the permission to log is of the account: it stays when a stage goes', () => {
  template?.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
});

test('beside an emulator nothing is throttled and logged by a gateway that does neither', () => {
  const { systems: stack } = synthesized('localstack');
  expect(settingsOf(stack)).toEqual([]);
  stack?.resourceCountIs('AWS::ApiGateway::Account', 0);
});
