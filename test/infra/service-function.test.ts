// The house's Lambda function: bundled, logged, bounded, watched.
import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { configOf, type Stage } from '../../lib/config.ts';
import { ServiceFunction, type ServiceFunctionProps } from '../../lib/constructs/service-function.ts';
import { testApp } from './stage.ts';

const basics = { entry: 'status/api', timeout: Duration.seconds(5), memorySize: 512 } as const;

function templateOf(monitoring: ServiceFunctionProps['monitoring'], stage: Stage = 'prod'): Template {
  const stack = new Stack(testApp(), 'Test');
  const alarms = new Topic(stack, 'Alarms');
  new ServiceFunction(stack, 'Function', { config: configOf(stage), network: undefined, alarms }, { ...basics, monitoring });
  return Template.fromStack(stack);
}

test('it runs on Node 24 with an explicit name, timeout and memory, and says in stack traces where the source is', () => {
  templateOf({ impact: 'nobody sees it' }).hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'stackyard-prod-status-api',
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 5,
    MemorySize: 512,
    Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps', POWERTOOLS_SERVICE_NAME: 'status/api' } },
  });
});

test.each<[Stage, string]>([
  ['dev', 'arm64'],
  ['prod', 'arm64'],
  ['minimal', 'arm64'],
  ['localstack', 'x86_64'],
  ['local', process.arch === 'arm64' ? 'arm64' : 'x86_64'],
])('in the stage %s it runs on %s', (stage, architecture) => {
  templateOf({ optOut: 'a test' }, stage).hasResourceProperties('AWS::Lambda::Function', { Architectures: [architecture] });
});

test('its log group goes with the stack and forgets when the stage says', () => {
  const template = templateOf({ optOut: 'a test' });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Delete' });
  template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: Match.anyValue() } });
});

test('errors, throttles and time that runs out raise alarms that say who suffers how, and what to read', () => {
  const template = templateOf({ impact: 'nobody sees it' });
  const expected = { Errors: ['function-errors', 0], Throttles: ['function-throttles', 0], Duration: ['function-duration', 4_000] };
  for (const [metric, [runbook, threshold]] of Object.entries(expected)) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: metric,
      AlarmDescription: Match.stringLikeRegexp(`status/api .*nobody sees it\\. Runbook: docs/runbooks/${runbook}\\.md$`),
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^Alarms') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('^Alarms') }],
    });
  }
  template.resourceCountIs('AWS::CloudWatch::Alarm', 3);
});

test('an emulator, which measures no percentiles, gets no alarm on them', () => {
  templateOf({ impact: 'nobody sees it' }, 'localstack').resourceCountIs('AWS::CloudWatch::Alarm', 2);
});

test('with an opt-out there is no alarm', () => {
  templateOf({ optOut: 'a test' }).resourceCountIs('AWS::CloudWatch::Alarm', 0);
});

test('a function without monitoring does not compile', () => {
  // @ts-expect-error: monitoring is mandatory
  const forgotten: ServiceFunctionProps = { ...basics };
  // @ts-expect-error: an alarm without its impact helps nobody
  const empty: ServiceFunctionProps = { ...basics, monitoring: {} };
  expect([forgotten.monitoring, empty.monitoring]).toEqual([undefined, {}]);
});
