// StartSyncExecution: F1, F2, F8, F9.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of substitutions
import { StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expressMachine, invokeTask, outputOf, plainTask, type StatesHost, statesHost } from './states-fixture.ts';

let host: StatesHost;

beforeAll(async () => {
  host = await statesHost((obedient) => ({
    Obedient: obedient(),
    Echo: expressMachine({ StartAt: 'Echo', States: { Echo: { Type: 'Pass', End: true } } }, { StateMachineName: 'echo' }),
    Failing: expressMachine({ StartAt: 'No', States: { No: { Type: 'Fail', Error: 'SoldOut', Cause: 'no apples' } } }),
    Slow: expressMachine({
      StartAt: 'Slow',
      TimeoutSeconds: 1,
      States: { Slow: plainTask('Obedient', { Next: 'After' }), After: plainTask('Obedient', { Parameters: { key: 'after' }, End: true }) },
    }),
    Circle: expressMachine({ StartAt: 'A', TimeoutSeconds: 1, States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } }),
    Context: expressMachine({
      StartAt: 'Look',
      States: { Look: { Type: 'Pass', Parameters: { 'context.$': '$$', 'name.$': '$$.Execution.Name' }, End: true } },
    }),
    Substituted: expressMachine(
      { StartAt: 'A', States: { A: { Type: 'Pass', Result: { colour: '${colour}' }, End: true } } },
      { DefinitionSubstitutions: { colour: 'blue' } },
    ),
    Invoking: expressMachine({ StartAt: 'Call', States: { Call: invokeTask('Obedient') } }),
    Selecting: expressMachine({
      StartAt: 'Call',
      States: { Call: invokeTask('Obedient', { ResultSelector: { 'status.$': '$.StatusCode' }, End: true }) },
    }),
    Growing: expressMachine({ StartAt: 'Twice', States: { Twice: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, End: true } } }),
    Guarded: expressMachine({
      StartAt: 'Call',
      States: {
        Call: plainTask('Obedient', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true }),
        Caught: { Type: 'Succeed' },
      },
    }),
  }));
});
afterAll(() => host?.stop());

test('F1: a success has output and neither error nor cause, and is billed in steps of 100 ms', async () => {
  const before = Date.now();
  const execution = await host.run('Echo', { apples: 1 }, 'mine');
  expect(execution).toMatchObject({
    status: 'SUCCEEDED',
    name: 'mine',
    stateMachineArn: host.ref('Echo'),
    input: '{"apples":1}',
    output: '{"apples":1}',
    inputDetails: { included: true },
    outputDetails: { included: true },
    billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: expect.any(Number) },
  });
  const account = `${host.region}:${host.account}`;
  expect(host.ref('Echo')).toBe(`arn:aws:states:${account}:stateMachine:echo`);
  expect(execution.executionArn).toMatch(new RegExp(`^arn:aws:states:${account}:express:echo:mine:[0-9a-f-]{36}$`));
  expect(execution).not.toHaveProperty('error');
  expect(execution).not.toHaveProperty('cause');
  expect(Number(execution.startDate)).toBeGreaterThanOrEqual(before - 1);
  expect(Number(execution.stopDate)).toBeGreaterThanOrEqual(Number(execution.startDate));
  expect(Number(execution.billingDetails?.billedDurationInMilliseconds) % 100).toBe(0);
});

test('F1: a failure is an answer too, with error and cause and without output', async () => {
  const execution = await host.run('Failing', {});
  expect(execution.$metadata.httpStatusCode).toBe(200);
  expect(execution).toMatchObject({ status: 'FAILED', error: 'SoldOut', cause: 'no apples', outputDetails: { included: false } });
  expect(execution).not.toHaveProperty('output');
});

test('F1: an execution is refused where it cannot begin', async () => {
  const start = (more: object) => host.client.send(new StartSyncExecutionCommand({ stateMachineArn: host.ref('Echo'), ...more }));
  await expect(start({ input: 'no json' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(start({ name: 'a b' })).rejects.toMatchObject({ name: 'InvalidName' });
  await expect(start({ stateMachineArn: `${host.ref('Echo')}s` })).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  await expect(start({ includedData: 'METADATA_ONLY' })).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await start({})).toMatchObject({ status: 'SUCCEEDED', input: '{}', output: '{}' });
});

test('F1: substitutions take their places in the definition', async () => {
  expect(outputOf(await host.run('Substituted'))).toEqual({ colour: 'blue' });
});

test('F1: placeholders that no substitution names stay as they are', async () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', Result: '${colour} ${other}', End: true } } };
  const other = await statesHost(() => ({ Machine: expressMachine(definition, { DefinitionSubstitutions: { colour: 'blue' } }) }));
  expect(outputOf(await other.run('Machine'))).toBe('blue ${other}');
  await other.stop();
});

test('F2: names need not be unique, and each execution has an ARN of its own', async () => {
  const [one, other] = await Promise.all([host.run('Echo', 1, 'same'), host.run('Echo', 2, 'same')]);
  expect([one.output, other.output]).toEqual(['1', '2']);
  expect(one.executionArn).not.toBe(other.executionArn);
});

test('F2: at its deadline an execution is TIMED_OUT and begins nothing more', async () => {
  const execution = await host.run('Slow', { key: 'slow', sleep: 2000 });
  expect(execution).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  const took = Number(execution.stopDate) - Number(execution.startDate);
  expect(took).toBeGreaterThanOrEqual(990);
  expect(host.calls('slow', 'waited')).toBe(0);
  // The function goes on by itself, and its late answer leads nowhere.
  await eventually(() => host.calls('slow', 'waited') === 1);
  expect(host.calls('after')).toBe(0);
});

test('F2: a machine that only turns in circles ends at its deadline and leaves room for others', async () => {
  const circle = host.run('Circle');
  expect(await host.run('Echo', 'meanwhile')).toMatchObject({ status: 'SUCCEEDED' });
  expect(await circle).toMatchObject({ status: 'TIMED_OUT' });
});

test('F8: the context object has execution, state machine and state', async () => {
  const execution = await host.run('Context', { apples: 1 }, 'looked-at');
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(outputOf(execution)).toEqual({
    name: 'looked-at',
    context: {
      Execution: {
        Id: execution.executionArn,
        Input: { apples: 1 },
        Name: 'looked-at',
        RoleArn: expect.stringMatching(`^arn:aws:iam::${host.account}:role/`),
        StartTime: time,
      },
      StateMachine: { Id: host.ref('Context'), Name: host.attribute('Context', 'Name') },
      State: { Name: 'Look', EnteredTime: time, RetryCount: 0 },
    },
  });
});

test('F9: input of more than 256 KiB is refused', async () => {
  expect(await host.run('Echo', 'x'.repeat(262_142))).toMatchObject({ status: 'SUCCEEDED' });
  await expect(host.run('Echo', 'x'.repeat(262_143))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(host.run('Echo', 'ü'.repeat(131_072))).rejects.toMatchObject({ name: 'ValidationException' });
});

test.each([
  ['a result', 'Invoking', { size: 262_145 }],
  ['a result of which little is selected', 'Selecting', { size: 262_145 }],
  ['an event', 'Growing', 'x'.repeat(140_000)],
])('F9: %s of more than 256 KiB is DataLimitExceeded', async (_, machine, input) => {
  expect(await host.run(machine, input)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});

test('F9: States.ALL does not catch it', async () => {
  expect(await host.run('Guarded', { fail: 'Other' })).toMatchObject({ status: 'SUCCEEDED' });
  expect(await host.run('Guarded', { size: 262_145 })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
});
