// The stage of LocalStack holds nothing that LocalStack's free edition would refuse, or take for done without doing it.
import { expect, test } from 'vitest';
import { besideEmulator, synthesized } from './stage.ts';

/**
 * What LocalStack 4.14.0 creates in truth: it has a provider for the type, and a service behind it in the free edition. Types that it knows but
 * does not act upon here (alarms without a metric, policies that nobody checks) are harmless: nothing waits for what they would do.
 */
const CREATED = [
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
];

interface Typed {
  readonly Type: string;
  readonly Properties?: { readonly EventSourceArn?: unknown };
}
const resources = Object.values(synthesized('localstack')).flatMap((template) =>
  Object.values(template.toJSON().Resources as Record<string, Typed>),
);

test('every type is one that LocalStack creates in truth', () => {
  expect(resources.map(({ Type }) => Type).filter((type) => !CREATED.includes(type))).toEqual([]);
  expect(CREATED.filter((type) => !resources.some(({ Type }) => Type === type))).toEqual([]);
});

test('event sources are queues: LocalStack has no Kafka event sources', () => {
  const sources = resources.filter(({ Type }) => Type === 'AWS::Lambda::EventSourceMapping');
  expect(sources.length).toBeGreaterThan(0);
  for (const { Properties } of sources) expect(JSON.stringify(Properties?.EventSourceArn)).toMatch(/Queue/);
});

test('what is left out there is hosted by the gateway', () => {
  const { sidecar, console } = besideEmulator('localstack');
  sidecar?.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
  sidecar?.resourceCountIs('Custom::Migrations', 1);
  sidecar?.resourceCountIs('Custom::KafkaTopic', 1);
  sidecar?.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  console?.resourceCountIs('AWS::CloudFront::Distribution', 1);
  // Assets, and the pages that refer to them.
  console?.resourceCountIs('Custom::CDKBucketDeployment', 2);
});
