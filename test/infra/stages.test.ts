// Every stage synthesizes without an account; what would be deployed is on record.
import { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, expect, test, vi } from 'vitest';
import { configOf, type Stage } from '../../lib/config.ts';
import { normalised } from './normalised.ts';
import { besideEmulator, synthesized, synthesizedFrom, testApp } from './stage.ts';
import { variants } from './variants.ts';

beforeAll(() => {
  vi.stubEnv('CDK_VALIDATION', 'true');
});

const onAws = ['alerts', 'console', 'data', 'network', 'observability', 'systems'];

test.each<[Stage, string[]]>([
  ['dev', onAws],
  ['prod', [...onAws, 'edge'].sort()],
  ['minimal', onAws],
  ['localstack', ['alerts', 'data', 'systems']],
  ['local', onAws],
])(
  'the stage %s is made of the stacks %j, as they are on record',
  async (stage, stacks) => {
    const templates = synthesized(stage);

    expect(Object.keys(templates).sort()).toEqual(stacks);
    const record = Object.fromEntries(stacks.map((name) => [name, normalised(templates[name]?.toJSON() ?? {}, stage)]));
    await expect(`${JSON.stringify(record, null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/${stage}.json`);
  },
  60_000,
);

test('what LocalStack lacks is an assembly of its own, as it is on record', async () => {
  const templates = besideEmulator('localstack');

  expect(Object.keys(templates).sort()).toEqual(['console', 'sidecar']);
  const record = Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, normalised(template.toJSON(), 'localstack')]),
  );
  await expect(`${JSON.stringify(record, null, 2)}\n`).toMatchFileSnapshot('__snapshots__/localstack-gateway.json');
});

test('a template that CloudFormation would refuse ends the synthesis', () => {
  const app = testApp();
  // Twelve hours are the longest.
  new CfnQueue(new Stack(app, 'broken'), 'Queue', { visibilityTimeout: 100_000 });

  expect(() => app.synth()).toThrow(/VisibilityTimeout: 100000 .*broken\/Queue/s);
});

test.each(Object.entries(variants).filter(([name, { stage }]) => name !== stage))(
  'CloudFormation would refuse nothing of %s',
  (_, config) => {
    expect(() => synthesizedFrom(config)).not.toThrow();
  },
);

test('with the transport sqs no stage has a Kafka cluster, and local needs none', () => {
  for (const stage of ['dev', 'local'] as const) {
    const { data, systems } = synthesized(stage, 'sqs');
    data?.resourceCountIs('AWS::MSK::Cluster', 0);
    systems?.resourceCountIs('Custom::KafkaTopic', 0);
    systems?.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FunctionName: { Ref: Match.stringLikeRegexp('PicturesConsumer') },
      EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('PicturesTransportJobs'), 'Arn'] },
    });
  }
});

test('a stage or a transport that does not exist is refused with those that do', () => {
  expect(() => configOf('staging')).toThrow('There is no stage staging. Stages: dev, prod, minimal, localstack, local');
  expect(() => configOf('dev', 'pigeons')).toThrow('There is no transport pigeons. Transports: kafka, sqs');
});
