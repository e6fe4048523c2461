// What the interpreter lacks is refused when a template is loaded, with machine, state and the supported set.
import { expect, test } from 'vitest';
import { module } from '../../local/resources/stepfunctions-statemachine.ts';
import { compileMachine } from '../../local/states/machine.ts';
import { problemsOf, task } from './states-run.ts';

const refusalsOf = (properties: object) =>
  module.refuses?.({ stack: 'Shop', logicalId: 'Saga', type: module.type, properties, metadata: {} });
const pass = { Type: 'Pass', End: true };
const express = (definition: object, more: object = {}) =>
  refusalsOf({ StateMachineType: 'EXPRESS', DefinitionString: JSON.stringify(definition), ...more });

test.each<[object, string]>([
  [{ Type: 'Map', End: true }, 'Type Map is not supported. Supported: Task, Choice, Pass, Wait, Parallel, Succeed, Fail'],
  [{ ...pass, QueryLanguage: 'JSONata' }, 'QueryLanguage JSONata is not supported. Supported: JSONPath'],
  [{ ...pass, Assign: {} }, 'Assign of a Pass state is not supported. Supported: Type, Comment, QueryLanguage, Result, '],
  [task('f', { HeartbeatSeconds: 5, End: true }), 'HeartbeatSeconds of a Task state is not supported'],
  [task('f', { TimeoutSecondsPath: '$.t', End: true }), 'TimeoutSecondsPath of a Task state is not supported'],
  [task('f', { Credentials: {}, End: true }), 'Credentials of a Task state is not supported'],
  [task('f', { TimeoutSeconds: 0, End: true }), 'TimeoutSeconds 0: only a number from 1 to'],
  [task('f', { TimeoutSeconds: 1.5, End: true }), 'TimeoutSeconds 1.5: only whole numbers are supported'],
  [
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: {}, End: true },
    'invoke.waitForTaskToken is not supported. Supported: arn:aws:states:::lambda:invoke and',
  ],
  [{ Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync', End: true }, 'startExecution.sync is not supported'],
  [{ Type: 'Task', Resource: 'arn:aws:states:us-east-1:000000000000:activity:a', End: true }, 'activity:a is not supported'],
  [{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }, 'lambda:invoke needs Parameters'],
  [{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: {}, End: true }, 'lambda:invoke needs FunctionName'],
  [
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', InvocationType: 'Event' }, End: true },
    'InvocationType "Event": only RequestResponse is supported',
  ],
  [
    { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f', Qualifier: '1' }, End: true },
    'Qualifier of lambda:invoke is not supported',
  ],
  [task('f', { Retry: [{ ErrorEquals: [] }], End: true }), 'ErrorEquals []: only a list of error names'],
  [task('f', { Retry: [{ ErrorEquals: ['States.ALL', 'A'] }], End: true }), 'States.ALL must stand alone'],
  [
    task('f', {
      Catch: [
        { ErrorEquals: ['States.ALL'], Next: 'One' },
        { ErrorEquals: ['A'], Next: 'One' },
      ],
      End: true,
    }),
    'States.ALL must stand alone in ErrorEquals, in the last entry',
  ],
  [task('f', { Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }], End: true }), 'BackoffRate 0.5: only a number from 1'],
  [
    task('f', { Retry: [{ ErrorEquals: ['A'], MaxDelaySeconds: 1 }], End: true }),
    'MaxDelaySeconds 1 must be greater than IntervalSeconds 1',
  ],
  [task('f', { Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }], End: true }), 'JitterStrategy "HALF": only FULL and NONE'],
  [task('f', { Retry: [{ ErrorEquals: ['A'], Next: 'One' }], End: true }), 'Next of Retry is not supported'],
  [task('f', {}), 'exactly one of Next, End is needed, not none'],
  [{ ...pass, Next: 'One' }, 'exactly one of Next, End is needed, not Next and End'],
  [{ ...pass, End: false }, 'End must be true'],
  [{ Type: 'Pass', Next: 'Elsewhere' }, 'it goes on to Elsewhere, which is no state beside it'],
  [{ Type: 'Wait', End: true }, 'exactly one of Seconds, SecondsPath, Timestamp, TimestampPath is needed'],
  [{ Type: 'Wait', Timestamp: 'noon', End: true }, 'Timestamp noon is no RFC 3339 time'],
  [{ Type: 'Fail', Error: 'A', ErrorPath: '$.a' }, 'only one of Error and ErrorPath can be given'],
  [{ Type: 'Fail', Error: 5 }, 'Error 5: only text is supported'],
  [
    { Type: 'Parallel', Branches: [{ StartAt: 'Two', States: { Two: { Type: 'Succeed', Retry: [] } } }], End: true },
    'state Two: Retry of a Succeed state is not supported',
  ],
  [{ Type: 'Parallel', Branches: [{ StartAt: 'One', States: { One: pass } }], End: true }, 'the name is taken'],
  [
    { Type: 'Parallel', Branches: [{ StartAt: 'Two', States: { Two: { Type: 'Pass', Next: 'One' } } }], End: true },
    'it goes on to One, which is no state beside it',
  ],
  [
    { Type: 'Parallel', Branches: [{ StartAt: 'Two', States: { Two: pass }, TimeoutSeconds: 5 }], End: true },
    'TimeoutSeconds of a branch is not supported',
  ],
])('a state %j', (state, sentence) => {
  expect(problemsOf(state)).toEqual([expect.stringContaining(sentence)]);
});

test.each<[unknown, string]>([
  [[], 'the definition is no JSON object'],
  [{ StartAt: 'A', States: {} }, 'StartAt A is no state beside it'],
  [{ States: { A: pass } }, 'StartAt undefined: only text is supported'],
  [{ StartAt: 'A', States: { A: 5 } }, 'state A: it is no JSON object'],
  [{ StartAt: 'A', States: { A: pass }, QueryLanguage: 'JSONata' }, 'QueryLanguage JSONata is not supported'],
  [{ StartAt: 'A', States: { A: pass }, Version: '2.0' }, 'Version 2.0: only 1.0 is supported'],
  [{ StartAt: 'A', States: { A: pass }, ProcessorConfig: {} }, 'ProcessorConfig of the machine is not supported'],
])('a machine %j', (definition, sentence) => {
  expect(compileMachine(definition)).toEqual({ problems: [expect.stringContaining(sentence)] });
});

test('the sentences name the machine, and all states at once', () => {
  const States = { A: { Type: 'Map', Next: 'B' }, B: { ...pass, Assign: {} } };
  expect(express({ StartAt: 'A', States }, { StateMachineName: 'saga' })).toEqual([
    'state machine saga: state A: Type Map is not supported. Supported: Task, Choice, Pass, Wait, Parallel, Succeed, Fail',
    expect.stringMatching(/^state machine saga: state B: Assign of a Pass state is not supported\. Supported: /),
  ]);
  expect(express({ StartAt: 'A', States: { A: pass } })).toEqual([]);
});

test('only Express machines with a definition in the template are hosted', () => {
  const DefinitionString = JSON.stringify({ StartAt: 'A', States: { A: pass } });
  const standard = 'state machine Shop-Saga: StateMachineType STANDARD is not supported. Supported: EXPRESS, started synchronously';
  expect(refusalsOf({ DefinitionString })).toEqual([standard]);
  expect(refusalsOf({ DefinitionString, StateMachineType: 'STANDARD' })).toEqual([standard]);
  expect(refusalsOf({ DefinitionString: '{', StateMachineType: 'EXPRESS' })).toEqual([
    'state machine Shop-Saga: DefinitionString is no JSON text',
  ]);
  expect(module.honours).not.toContain('DefinitionS3Location');
  expect(module.ignores).not.toHaveProperty('DefinitionS3Location');
});
