// The route that no function of ours answers: API Gateway runs the state machine, as itself and nothing else.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { stackOf } from './stage.ts';

let template: Template;
// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
let integration: any;

beforeAll(() => {
  template = stackOf('dev', 'systems');
  const methods = Object.values(template.findResources('AWS::ApiGateway::Method', { Properties: { Integration: { Type: 'AWS' } } }));
  expect(methods).toHaveLength(1);
  integration = methods[0]?.Properties.Integration;
  expect(methods[0]?.Properties).toMatchObject({ HttpMethod: 'POST', MethodResponses: [{ StatusCode: '200' }] });
});

test('it starts the machine and waits for its end', () => {
  expect(integration).toMatchObject({ IntegrationHttpMethod: 'POST', PassthroughBehavior: 'NEVER' });
  expect(JSON.stringify(integration.Uri)).toMatch(/:states:action\/StartSyncExecution"/);
  const [machine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));
  for (const request of Object.values(integration.RequestTemplates)) expect(JSON.stringify(request)).toContain(`{"Ref":"${machine}"}`);
});

test('any common type of body will do, because none is read', () => {
  const templates = Object.entries(integration.RequestTemplates);

  // AWS documents media types as the names of templates, and nothing else.
  for (const [type] of templates) expect(type).toMatch(/^[a-z]+\/[a-z-]+$/);
  expect(templates.map(([type]) => type)).toEqual(
    expect.arrayContaining(['application/json', 'application/x-www-form-urlencoded', 'text/plain']),
  );
  expect(new Set(templates.map(([, request]) => JSON.stringify(request))).size).toBe(1);
  expect(JSON.stringify(templates[0]?.[1])).not.toMatch(/\$input\.(body|json|path)/);
});

test('its role may be taken by API Gateway, and may run this machine alone', () => {
  const role: string = integration.Credentials['Fn::GetAtt'][0];
  const [machine] = Object.keys(template.findResources('AWS::StepFunctions::StateMachine'));
  const policies = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } }));

  expect(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([
    { Action: 'states:StartSyncExecution', Effect: 'Allow', Resource: { Ref: machine } },
  ]);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role')[role])).toContain('apigateway.amazonaws.com');
});

test('the machine may ask the three services, and no other function', () => {
  const [{ Properties } = { Properties: {} }] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  const role: string = Properties.RoleArn['Fn::GetAtt'][0];
  const statements = Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } })).flatMap(
    (policy) => policy.Properties.PolicyDocument.Statement as { Action: string; Resource: object }[],
  );
  const functions = new Set(
    statements
      .filter(({ Action }) => Action === 'lambda:InvokeFunction')
      .flatMap(({ Resource }) => [...JSON.stringify(Resource).matchAll(/"Fn::GetAtt":\["(\w+)","Arn"\]/g)].map(([, id]) => id ?? '')),
  );
  const names = [...functions].map((id) => template.findResources('AWS::Lambda::Function')[id]?.Properties.FunctionName);

  expect(names.sort()).toEqual(['stackyard-dev-orders-api', 'stackyard-dev-payment-api', 'stackyard-dev-stock-api']);
});

test('somebody hears of it when checkouts end without a decision, and when books or sagas need a person', () => {
  for (const MetricName of ['ExecutionsFailed', 'ExecutionsTimedOut', 'SagasParked', 'AuditProblems']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold: 0, AlarmActions: [Match.anyValue()] });
  }
});
