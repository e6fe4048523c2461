// Cats: a rule that fires the synchroniser, a secret that says where to ask, and a stub that no production has.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { stackOf, synthesizedFrom } from './stage.ts';

let prod: Template;
let dev: Template;

beforeAll(() => {
  prod = stackOf('prod', 'systems');
  dev = stackOf('dev', 'systems');
});

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
const all = (template: Template, type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const functionNamed = (template: Template, name: string) =>
  all(template, 'AWS::Lambda::Function').find(({ FunctionName }) => FunctionName.endsWith(`-cats-${name}`));
const statementsOf = (template: Template, policy: string): { Action: string | string[]; Resource: unknown }[] =>
  Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith(policy))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
const onRules = (template: Template, policy: string) =>
  statementsOf(template, policy).filter(({ Action }) => [Action].flat().some((action) => action.startsWith('events:')));

test('the rule fires the synchroniser each minute, by a name that its functions know', () => {
  const rule = all(prod, 'AWS::Events::Rule').find(({ Name }) => Name === 'stackyard-prod-cats-sync');
  expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED', Targets: [{ Input: '{"action":"tick"}' }] });
  for (const name of ['api', 'sync']) expect(functionNamed(prod, name)?.Environment.Variables.SYNC_RULE).toBe('stackyard-prod-cats-sync');
  expect(functionNamed(prod, 'api')?.Environment.Variables.SYNC_EVERY_SECONDS).toBe('60');
});

test('how often is a matter of configuration', () => {
  const config = configOf('dev');
  const hourly = synthesizedFrom({ ...config, cats: { ...config.cats, syncEveryMinutes: 60 } }).systems as Template;
  hourly.hasResourceProperties('AWS::Events::Rule', { Name: 'stackyard-dev-cats-sync', ScheduleExpression: 'rate(1 hour)' });
  expect(functionNamed(hourly, 'api')?.Environment.Variables.SYNC_EVERY_SECONDS).toBe('3600');
});

test('the API turns this one rule on and off, the synchroniser only looks at it', () => {
  const [control, ...more] = onRules(prod, 'CatsApi');
  expect([control?.Action, more]).toEqual([['events:DescribeRule', 'events:DisableRule', 'events:EnableRule'], []]);
  expect(JSON.stringify(control?.Resource)).toContain(':rule/stackyard-prod-cats-sync"');
  expect(onRules(prod, 'CatsSync').map(({ Action }) => Action)).toEqual(['events:DescribeRule']);
});

test('the secret begins empty, and only the synchroniser reads it', () => {
  prod.hasResourceProperties('AWS::SecretsManager::Secret', { Name: 'stackyard-prod/cats/upstream', SecretString: '{"url":"","key":""}' });
  const readers = Object.entries(prod.findResources('AWS::IAM::Policy')).filter(([, { Properties }]) =>
    JSON.stringify(Properties.PolicyDocument).includes('CatsUpstream'),
  );
  expect(readers.map(([id]) => id.replace(/(Service)?Role.*/, ''))).toEqual(['CatsSync']);
});

test('production has no stub; elsewhere it has an address of its own that anybody may read', () => {
  expect(all(prod, 'AWS::Lambda::Url')).toEqual([]);
  expect(functionNamed(prod, 'upstream-stub')).toBeUndefined();
  expect(functionNamed(prod, 'sync')?.Environment.Variables.CAT_API_STUB_URL).toBeUndefined();
  expect(all(dev, 'AWS::Lambda::Url')).toMatchObject([{ AuthType: 'NONE' }]);
  expect(JSON.stringify(functionNamed(dev, 'sync')?.Environment.Variables.CAT_API_STUB_URL)).toContain('FunctionUrl');
  const allowed = all(dev, 'AWS::Lambda::Permission').filter(({ FunctionName }) => JSON.stringify(FunctionName).includes('CatsStub'));
  // Both are needed since October 2025.
  expect(allowed.map(({ Action }) => Action).sort()).toEqual(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']);
});

test('five failed runs in a row raise an alarm', () => {
  prod.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'SyncFailed',
    Namespace: 'stackyard/prod',
    Period: 60,
    EvaluationPeriods: 5,
    Threshold: 0,
  });
});
