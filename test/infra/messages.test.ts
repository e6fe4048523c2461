// Messages: queues that keep an order, a WebSocket API behind the one address, and who may do what.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { stackOf } from './stage.ts';

let template: Template;

beforeAll(() => {
  template = stackOf('prod', 'systems');
});

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
const all = (type: string): any[] => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const functionNamed = (name: string) =>
  all('AWS::Lambda::Function').find(({ FunctionName }) => FunctionName === `stackyard-prod-messages-${name}`);

test('messages and pushes keep their order, and their dead letters too', () => {
  const queues = Object.entries(template.findResources('AWS::SQS::Queue')).filter(([id]) => /^Messages(Inbox|Pushes)/.test(id));
  expect(queues.map(([, { Properties }]) => Properties.FifoQueue)).toEqual([true, true, true, true]);
});

test('pieces of what a listener missed may follow each other without end: no other function may ask itself', () => {
  const loops = all('AWS::Lambda::Function').filter(({ RecursiveLoop }) => RecursiveLoop === 'Allow');
  expect(loops.map(({ FunctionName }) => FunctionName)).toEqual(['stackyard-prod-messages-push']);
});

test('a queue hides messages for six time-outs of its function, and half an hour without a database makes no dead letters', () => {
  for (const id of ['Inbox', 'Pushes']) {
    const [, queue] =
      Object.entries(template.findResources('AWS::SQS::Queue')).find(([name]) => name.startsWith(`Messages${id}Queue`)) ?? [];
    expect(queue?.Properties).toMatchObject({ VisibilityTimeout: 30, RedrivePolicy: { maxReceiveCount: 60 } });
  }
  expect(functionNamed('consumer')?.Timeout).toBe(5);
  expect(functionNamed('push')?.Timeout).toBe(5);
});

test('the stage of the WebSocket API has the name of its path at the edge', () => {
  template.hasResourceProperties('AWS::ApiGatewayV2::Stage', { StageName: 'ws', AutoDeploy: true });
  const { CacheBehaviors, Origins } =
    Object.values(stackOf('prod', 'console').findResources('AWS::CloudFront::Distribution'))[0]?.Properties.DistributionConfig ?? {};
  const behaviour = CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === '/ws*');
  const origin = Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
  expect(JSON.stringify(origin.DomainName)).toContain('execute-api');
  expect(origin.OriginPath).toBeUndefined();
});

test('what posts to connections finds the API by the variable of its AWS client, and may post to this stage, and end its connections, only', () => {
  for (const name of ['push', 'socket'])
    expect(JSON.stringify(functionNamed(name)?.Environment.Variables.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI)).toContain('/ws"');
  const statements = all('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const posting = statements.filter(({ Action }) => Action === 'execute-api:ManageConnections');
  expect(posting).toHaveLength(2);
  for (const { Resource } of posting)
    expect(Resource.map((arn: object) => JSON.stringify(arn).match(/\/ws\/.*\*/)?.[0])).toEqual([
      '/ws/DELETE/@connections/*',
      '/ws/POST/@connections/*',
    ]);
});

test('connections are kept in a table that forgets them by itself', () => {
  template.hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true },
    BillingMode: 'PAY_PER_REQUEST',
  });
});

test('where the emulator has no WebSocket APIs, posts go to the gateway beside it', () => {
  const localstack = stackOf('localstack', 'systems');
  localstack.resourceCountIs('AWS::ApiGatewayV2::Api', 0);
  localstack.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'stackyard-localstack-messages-push',
    Environment: { Variables: Match.objectLike({ AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: 'http://gateway:8002/ws' }) },
  });
});
