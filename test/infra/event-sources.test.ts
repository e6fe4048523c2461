// Queues, topics, and how their messages reach functions.
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { WorkQueue } from '../../lib/constructs/work-queue.ts';
import { stackOf, testApp } from './stage.ts';

const overTlsOnly = { Action: 'sqs:*', Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };

test('a work queue puts aside after five receives, hides messages for six timeouts, and speaks only TLS', () => {
  const stack = new Stack(testApp(), 'Test');
  new WorkQueue(stack, 'Work', {
    name: 'mail',
    consumerTimeout: Duration.seconds(20),
    impact: 'mail is late',
    alarms: new Topic(stack, 'Alarms'),
  });
  const template = Template.fromStack(stack);

  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: 120,
    SqsManagedSseEnabled: true,
    RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('WorkDead'), 'Arn'] } },
  });
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 14 * 24 * 3600, RedrivePolicy: Match.absent() });
  template.resourcePropertiesCountIs(
    'AWS::SQS::QueuePolicy',
    { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(overTlsOnly)]) } },
    2,
  );
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: 'There are dead letters. Impact: mail is late. Runbook: docs/runbooks/dead-letters.md',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
  });
});

test('over Kafka, batches have provisioned pollers, report single failures, are halved, and end in a queue', () => {
  const template = stackOf('prod', 'systems');
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    Topics: ['picture-jobs'],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'pictures' },
    StartingPosition: 'TRIM_HORIZON',
    // Retry controls exist for Kafka only with provisioned pollers.
    ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: Match.anyValue() },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 20,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('Failures'), 'Arn'] } } },
  });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp('Impact: pictures stay unfinished until their jobs are replayed'),
    MetricName: 'ApproximateNumberOfMessagesVisible',
  });
});

test('the topic exists before what sends to it and reads from it, in as many replicas as the cluster can hold', () => {
  const template = stackOf('prod', 'systems');
  template.hasResourceProperties('Custom::KafkaTopic', { Topic: 'picture-jobs', Replicas: 3 });
  const [topic] = Object.keys(template.findResources('Custom::KafkaTopic'));
  for (const entry of ['pictures-api', 'pictures-relay', 'pictures-consumer']) {
    const found = template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: `stackyard-prod-${entry}` } });
    expect(Object.values(found)[0]?.DependsOn, entry).toContain(topic);
  }
});

test('the consumer may read its topic in its group, and its pollers act in its name', () => {
  const allowed = actionsOf('stackyard-prod-pictures-consumer');
  expect(allowed).toEqual(
    expect.arrayContaining([
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeClusterDynamicConfiguration',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:ReadData',
      'kafka-cluster:AlterGroup',
      'kafka-cluster:DescribeGroup',
    ]),
  );
  expect(allowed).not.toContain('kafka-cluster:WriteData');
});

test('what announces pictures may write its topic and not read it', () => {
  const allowed = actionsOf('stackyard-prod-pictures-relay');
  expect(allowed).toContain('kafka-cluster:WriteData');
  expect(allowed).not.toContain('kafka-cluster:ReadData');
});

test('over SQS, batches report single failures, and the queue hides them for six timeouts of the consumer', () => {
  const template = stackOf('dev', 'systems', 'sqs');
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('Jobs'), 'Arn'] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: Match.anyValue() },
  });
  const [consumer] = Object.values(
    template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'stackyard-dev-pictures-consumer' } }),
  );
  template.hasResourceProperties('AWS::SQS::Queue', {
    VisibilityTimeout: consumer?.Properties.Timeout * 6,
    RedrivePolicy: Match.anyValue(),
  });
});

/** Every action that policies allow the role of a function of prod. */
function actionsOf(functionName: string): string[] {
  const template = stackOf('prod', 'systems');
  const [fn] = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: functionName } }));
  const role: string = fn?.Properties.Role['Fn::GetAtt'][0];
  return Object.values(template.findResources('AWS::IAM::Policy', { Properties: { Roles: [{ Ref: role }] } }))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Effect: string; Action: string | string[] }[])
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action);
}
