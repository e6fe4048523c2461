// What CDK writes for a saga's states is what the interpreter understands.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  JitterType,
  JsonPath,
  Parallel,
  Pass,
  StateMachine,
  StateMachineType,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { expect, test } from 'vitest';
import { refusals } from '../../local/assembly/refusals.ts';
import type { Template } from '../../local/assembly/template.ts';
import { loadModules } from '../../local/resources/registry.ts';
import { compileMachine } from '../../local/states/machine.ts';

function usualSaga(outdir: string): Template {
  const app = new App({ analyticsReporting: false, outdir });
  const stack = new Stack(app, 'Saga');
  const lambdaFunction = new LambdaFunction(stack, 'Step', {
    code: Code.fromInline('x'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_22_X,
  });
  const caught = new Pass(stack, 'Caught', { parameters: { error: JsonPath.stringAt('$.error.Error'), id: JsonPath.uuid() } });
  const enveloped = new LambdaInvoke(stack, 'Enveloped', {
    lambdaFunction,
    payload: TaskInput.fromObject({ saga: JsonPath.objectAt('$.saga'), execution: JsonPath.executionName }),
    resultSelector: { 'answer.$': '$.Payload' },
    resultPath: '$.enveloped',
    taskTimeout: Timeout.duration(Duration.seconds(2)),
  }).addCatch(caught, { resultPath: '$.error' });
  const bare = new LambdaInvoke(stack, 'Bare', { lambdaFunction, payloadResponseOnly: true, outputPath: '$.answer' }).addRetry({
    errors: ['Busy'],
    interval: Duration.seconds(1),
    maxDelay: Duration.seconds(5),
    backoffRate: 1.5,
    jitterStrategy: JitterType.FULL,
  });
  const both = new Parallel(stack, 'Both').branch(
    new Wait(stack, 'Wait', { time: WaitTime.secondsPath('$.seconds') }),
    new Pass(stack, 'Format', { parameters: { text: JsonPath.format('{} {}', JsonPath.stringAt('$.a'), '5') } }),
  );
  const decision = new Choice(stack, 'Paid?')
    .when(
      Condition.and(Condition.isPresent('$[0].paid'), Condition.not(Condition.booleanEquals('$[0].paid', false))),
      new Succeed(stack, 'Yes'),
    )
    .otherwise(new Fail(stack, 'No', { error: 'NotPaid', causePath: '$[0].cause' }));
  new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(enveloped.next(bare).next(both).next(decision)),
    stateMachineType: StateMachineType.EXPRESS,
    timeout: Duration.seconds(28),
    tracingEnabled: true,
  });
  return app.synth().getStackByName('Saga').template as Template;
}

test('the states of a saga, as CDK writes them, are supported', async () => {
  const outdir = mkdtempSync(join(tmpdir(), 'stackyard-saga-'));
  try {
    const template = usualSaga(outdir);
    const [machine] = Object.values(template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine');
    const definition = machine?.Properties?.DefinitionString as { 'Fn::Join': [string, unknown[]] };
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:step';
    const text = definition['Fn::Join'][1]
      .map((part) => (typeof part === 'string' ? part : 'Ref' in (part as object) ? 'aws' : arn))
      .join('');
    expect(compileMachine(JSON.parse(text)).problems).toEqual([]);
    expect(refusals([{ name: 'Saga', template }], await loadModules())).toEqual([]);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
});
