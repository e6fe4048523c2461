// New versions come to their callers step by step in prod: whom callers name, what is tried before, and what takes a version back.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { probes } from '../../functions/operations/release/probes.ts';
import { configOf } from '../../lib/config.ts';
import { synthesized, synthesizedFrom } from './stage.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
type Resources = Record<string, { Type: string; Properties: any; UpdatePolicy?: any; DependsOn?: string[] }>;

let template: Template;
let resources: Resources;
const of = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);

beforeAll(() => {
  template = synthesized('prod').systems as Template;
  resources = template.toJSON().Resources as Resources;
});

test('every function that has a probe is released by an alias, a tenth for ten minutes first, with the hook before', () => {
  const aliases = of('AWS::Lambda::Alias');
  expect(aliases).toHaveLength(Object.keys(probes).length);
  for (const [, { UpdatePolicy }] of aliases)
    expect(JSON.stringify(UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook)).toContain(
      ':function:stackyard-prod-operations-smoke',
    );
  template.allResourcesProperties('AWS::CodeDeploy::DeploymentGroup', {
    DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
    AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
  });
});

test('functions without a probe are those that only deployments and AWS itself call', () => {
  const entries = of('AWS::Lambda::Function').map(
    ([, { Properties }]) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME as string,
  );
  expect(entries.filter((entry) => !(entry in probes)).sort()).toEqual([
    'operations/migrate',
    'operations/rotate',
    'operations/smoke',
    'operations/topics',
  ]);
});

const valuesOf = ({ Dimensions }: { Dimensions: { Name: string; Value: unknown }[] }): Record<string, unknown> =>
  Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));

test('the first failure of exactly the new version under the alias, told to Lambda or not, takes a release back', () => {
  for (const [, { Properties }] of of('AWS::CodeDeploy::DeploymentGroup')) {
    const name: string = Properties.DeploymentGroupName;
    const { Enabled, Alarms } = Properties.AlarmConfiguration;
    expect(Enabled, name).toBe(true);
    expect(Alarms, name).toHaveLength(2);
    const [errors, failures] = Alarms.map((each: { Name: { Ref: string } }) => resources[each.Name.Ref]?.Properties);
    // No math: a minute that is filled in with zero, as the last one would be, never rings.
    for (const each of [errors, failures])
      expect(each, name).toMatchObject({
        ...{ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching' },
        ...{ Statistic: 'Sum', Period: 60 },
      });
    expect(errors).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' });
    expect(failures).toMatchObject({ Namespace: 'stackyard/prod', MetricName: 'Failures' });
    const { ExecutedVersion, ...alias } = valuesOf(errors) as { ExecutedVersion: { 'Fn::GetAtt': [string] } };
    expect(resources[ExecutedVersion['Fn::GetAtt'][0]]?.Type).toBe('AWS::Lambda::Version');
    expect(alias).toEqual({ Resource: `${name}:live`, FunctionName: name });
    const { service, version } = valuesOf(failures);
    expect(version).toEqual(ExecutedVersion);
    expect(`stackyard-prod-${String(service).replaceAll('/', '-')}`).toBe(name);
  }
});

test('nobody names a released function past its alias', () => {
  const released = new Set(of('AWS::Lambda::Alias').map(([, { Properties }]) => Properties.FunctionName.Ref as string));
  const callers = [
    'AWS::ApiGateway::Method',
    'AWS::ApiGatewayV2::Integration',
    'AWS::Events::Rule',
    'AWS::Lambda::EventSourceMapping',
    'AWS::StepFunctions::StateMachine',
    'AWS::Lambda::Permission',
  ];
  const past = callers
    .flatMap(of)
    .filter(([, { Properties }]) =>
      [...JSON.stringify(Properties).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].some(([, id]) => released.has(String(id))),
    );
  expect(past.map(([id]) => id)).toEqual([]);
});

test('the schemas are migrated before any version changes', () => {
  const migrations = of('Custom::Migrations').map(([id]) => id);
  expect(migrations).toHaveLength(1);
  const database = of('AWS::Lambda::Alias').filter(
    ([, { Properties }]) => resources[Properties.FunctionName.Ref]?.Properties.Environment.Variables.DATABASE_SECRET !== undefined,
  );
  const unordered = database.filter(([, { DependsOn }]) => !DependsOn?.includes(migrations[0] as string)).map(([id]) => id);
  expect(unordered.filter((id) => !id.startsWith('StatusApi'))).toEqual([]);
  expect(database.length).toBeGreaterThan(8);
});

test('where every change goes live at once there is neither alias nor CodeDeploy', () => {
  const { systems } = synthesized('dev');
  for (const type of ['AWS::Lambda::Alias', 'AWS::Lambda::Version', 'AWS::CodeDeploy::DeploymentGroup']) systems?.resourceCountIs(type, 0);
});

test('environments are kept ready by configuration, also without gradual releases', () => {
  const dev = configOf('dev');
  const { systems } = synthesizedFrom({ ...dev, functions: { ...dev.functions, provisionedConcurrency: { 'orders/api': 2 } } });
  systems?.resourceCountIs('AWS::Lambda::Alias', 1);
  systems?.hasResourceProperties('AWS::Lambda::Alias', {
    Name: 'live',
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
  });
});

test('a stack has room: less than 500 resources, and a template under 1 MB', () => {
  for (const [name, each] of Object.entries(synthesized('prod'))) {
    const json = each.toJSON();
    expect(Object.keys(json.Resources).length, name).toBeLessThan(500);
    expect(JSON.stringify(json).length, name).toBeLessThan(1_000_000);
  }
});

test('all functions are released at the same time: no function, role or alias waits for the alias of another', () => {
  const aliases = of('AWS::Lambda::Alias').map(([id]) => id);
  const waits = aliases.flatMap((id) =>
    [...reachedFrom(id, resources)].filter((other) => other !== id && aliases.includes(other)).map((other) => `${id} → ${other}`),
  );
  expect(waits).toEqual([]);
  const chained = {
    A: { DependsOn: ['B'] },
    B: { Properties: { Name: { 'Fn::GetAtt': ['C', 'Arn'] } } },
    C: { Properties: { Name: { Ref: 'D' } } },
    D: {},
  };
  expect([...reachedFrom('A', chained)]).toEqual(['A', 'B', 'C', 'D']);
});

/** What CloudFormation has to have finished before it can begin with a resource, and the resource itself. */
function reachedFrom(id: string, among: Readonly<Record<string, object>>): Set<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const resource = among[name];
    if (!resource || reached.has(name)) return;
    reached.add(name);
    const { DependsOn = [] } = resource as { DependsOn?: string | string[] };
    const text = JSON.stringify(resource);
    const named = [/"Ref":"(\w+)"/g, /"Fn::GetAtt":\["(\w+)"/g].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, found]) => found as string),
    );
    for (const other of [...[DependsOn].flat(), ...named]) visit(other);
  };
  visit(id);
  return reached;
}
