// What the workers' function is told, and what it may do: look at every queue, and put dead letters back.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { stackOf, synthesized } from './stage.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const statements = (template: Template): Statement[] =>
  Object.entries(template.findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('WorkersApi'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

const actions = (template: Template, service: string) =>
  statements(template)
    .flatMap(({ Action }) => Action)
    .filter((action) => action.startsWith(`${service}:`));

const everything = (template: Template) =>
  template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: Match.stringLikeRegexp('-workers-api$') } });
const workers = (template: Template) => JSON.stringify(Object.values(everything(template))[0]?.Properties.Environment.Variables.WORKERS);

describe('over Kafka', () => {
  const template = stackOf('prod', 'systems');

  test('it is told topic, group and cluster by the name that CloudWatch has', () => {
    for (const part of ['picture-jobs', 'topic', 'pictures', 'stackyard-prod-data'])
      expect(workers(template)).toContain(String.raw`\"${part}\"`);
  });

  test('it may read and write the topic, and nothing of consumer groups', () => {
    expect(actions(template, 'kafka-cluster')).toEqual(expect.arrayContaining(['kafka-cluster:ReadData', 'kafka-cluster:WriteData']));
    expect(actions(template, 'kafka-cluster')).not.toContain('kafka-cluster:AlterGroup');
  });
});

describe('over SQS', () => {
  const template = synthesized('dev', 'sqs').systems as Template;

  test('it may take from dead letters and send to queues, and not the other way round', () => {
    const sqs = statements(template).filter(({ Action }) => [Action].flat().some((action) => action.startsWith('sqs:')));
    expect(sqs.length).toBeGreaterThan(1);
    for (const { Action, Resource } of sqs) {
      const isDead = JSON.stringify(Resource).includes('Dead');
      expect([Action].flat().sort(), JSON.stringify(Resource)).toEqual(
        isDead ? ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'] : ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
      );
    }
    expect(actions(template, 'kafka-cluster')).toEqual([]);
  });

  test('it may read metrics', () => {
    expect(actions(template, 'cloudwatch')).toEqual(['cloudwatch:GetMetricData']);
  });
});
