// What becomes of failures: F3, F4, F5, F6.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { expressMachine, fnArn, invokeTask, outputOf, plainTask, type StatesHost, statesHost } from './states-fixture.ts';

const alone = (state: object, properties: object = {}) =>
  expressMachine({ StartAt: 'Only', States: { Only: state, Caught: { Type: 'Pass', End: true } } }, properties);
const catching = (...names: string[]) => ({ Catch: [{ ErrorEquals: names, Next: 'Caught' }], End: true });

let host: StatesHost;

beforeAll(async () => {
  host = await statesHost((obedient) => ({
    Obedient: obedient(),
    Mortal: obedient({ Timeout: 1 }),
    Closed: obedient({ ReservedConcurrentExecutions: 0 }),
    Plain: alone(plainTask('Obedient')),
    Invoking: alone(invokeTask('Obedient')),
    Named: alone({ ...invokeTask('Obedient'), Parameters: { FunctionName: 'nobody', Payload: {} } }),
    Throttled: alone(invokeTask('Closed')),
    Losing: alone(plainTask('Mortal')),
    Impatient: alone(plainTask('Obedient', { TimeoutSeconds: 1, ...catching('States.Timeout') })),
    Caught: alone(plainTask('Obedient', catching('SoldOut', 'Broke'))),
    CaughtInside: alone(
      plainTask('Obedient', { Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: '$.error', Next: 'Caught' }], End: true }),
    ),
    Retrying: alone(plainTask('Obedient', { Retry: [{ ErrorEquals: ['Busy'] }], ...catching('States.ALL') })),
    TwoRetriers: alone(
      plainTask('Obedient', {
        Retry: [
          { ErrorEquals: ['Busy'], MaxAttempts: 0 },
          { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
        ],
        End: true,
      }),
    ),
    Misread: alone(plainTask('Obedient', { ResultSelector: { 'all.$': '$.nothing' }, ...catching('States.ALL') })),
    TaskFailed: alone(plainTask('Obedient', { TimeoutSeconds: 1, ...catching('States.TaskFailed') })),
    ByVersion: alone({
      ...invokeTask('Obedient'),
      Parameters: { FunctionName: { 'Fn::GetAtt': ['Obedient', 'Arn'] }, Payload: { answer: 7 } },
    }),
    Selected: alone({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: fnArn('Obedient'), InvocationType: 'RequestResponse', 'Payload.$': '$' },
      ResultSelector: { 'body.$': '$.Payload.body', 'status.$': '$.StatusCode' },
      ResultPath: '$.answer',
      OutputPath: '$.answer',
      End: true,
    }),
  }));
});
afterAll(() => host?.stop());

test('F3: a retrier without numbers tries three times more, after 1, 2 and 4 s', async () => {
  const execution = await host.run('Retrying', { key: 'thrice', fail: 'Busy' });
  expect(outputOf(execution)).toMatchObject({ Error: 'Busy' });
  expect(host.calls('thrice')).toBe(4);
  const seconds = Number(execution.stopDate) - Number(execution.startDate);
  expect(seconds).toBeGreaterThanOrEqual(6.9);
});

test('F3: a retry that goes well is a success, and nothing is caught', async () => {
  expect(outputOf(await host.run('Retrying', { key: 'once', fail: 'Busy', failTimes: 1 }))).toEqual({ calls: 2 });
});

test('F3: an error that no retrier names goes to the catchers at once', async () => {
  expect(outputOf(await host.run('Retrying', { key: 'other', fail: 'SoldOut' }))).toMatchObject({ Error: 'SoldOut' });
  expect(host.calls('other')).toBe(1);
});

test('F3: the first retrier that matches decides, a later one does not take over', async () => {
  expect(await host.run('TwoRetriers', { key: 'first', fail: 'Busy' })).toMatchObject({ error: 'Busy' });
  expect(host.calls('first')).toBe(1);
  expect(await host.run('TwoRetriers', { key: 'second', fail: 'SoldOut' })).toMatchObject({ error: 'SoldOut' });
  expect(host.calls('second')).toBe(2);
});

test('F3: States.ALL does not catch what is wrong in the definition', async () => {
  expect(await host.run('Misread', {})).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringContaining("The JSONPath '$.nothing' specified for the field 'all.$' could not be found in the input"),
  });
});

test('F3: a task that takes longer than its TimeoutSeconds is States.Timeout, and its function goes on by itself', async () => {
  expect(outputOf(await host.run('Impatient', { key: 'late', sleep: 2000 }))).toEqual({ Error: 'States.Timeout', Cause: '' });
  expect(host.calls('late', 'waited')).toBe(0);
  await eventually(() => host.calls('late', 'waited') === 1);
});

test('F3: States.TaskFailed names every error but States.Timeout', async () => {
  expect(await host.run('TaskFailed', { fail: 'SoldOut' })).toMatchObject({ status: 'SUCCEEDED' });
  expect(await host.run('TaskFailed', { sleep: 1300 })).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test.each(['Plain', 'Invoking'])('F4: %s: a handler that throws is an error of its name, with the payload as cause', async (machine) => {
  const execution = await host.run(machine, { fail: 'SoldOut' });
  expect(execution).toMatchObject({ status: 'FAILED', error: 'SoldOut' });
  expect(JSON.parse(execution.cause ?? '')).toMatchObject({
    errorType: 'SoldOut',
    errorMessage: 'asked to fail',
    trace: expect.any(Array),
  });
});

test('F4: a function that timed out is Sandbox.Timedout, as in newer runtimes', async () => {
  expect(await host.run('Losing', { sleep: 60_000 })).toMatchObject({
    error: 'Sandbox.Timedout',
    cause: expect.stringContaining('Task timed out'),
  });
});

test('F4: a function that lost its environment is Lambda.Unknown', async () => {
  expect(await host.run('Plain', { exit: true })).toMatchObject({
    error: 'Lambda.Unknown',
    cause: expect.stringContaining('Runtime exited'),
  });
});

const refused = (message: string, status: number, code: string) => ({
  error: `Lambda.${code}`,
  cause: expect.stringMatching(
    new RegExp(
      `^${message} \\(Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: [0-9a-f-]{36}; Proxy: null\\)$`,
    ),
  ),
});

test('F4: a function that is missing has a name of its own', async () => {
  const arn = `arn:aws:lambda:${host.region}:${host.account}:function:nobody`;
  expect(await host.run('Named')).toMatchObject(refused(`Function not found: ${arn}`, 404, 'ResourceNotFoundException'));
});

test('F4: a function that is throttled has a name of its own', async () => {
  expect(await host.run('Throttled')).toMatchObject(refused('Rate Exceeded.', 429, 'TooManyRequestsException'));
});

test('F5: lambda:invoke gives the payload in an envelope, an ARN gives it bare', async () => {
  expect(outputOf(await host.run('Invoking', { answer: { body: null } }))).toMatchObject({
    ExecutedVersion: '$LATEST',
    Payload: { body: null },
    SdkHttpMetadata: { HttpStatusCode: 200, HttpHeaders: { 'Content-Length': '13' } },
    SdkResponseMetadata: { RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    StatusCode: 200,
  });
  expect(outputOf(await host.run('Plain', { answer: { body: null } }))).toEqual({ body: null });
  expect(outputOf(await host.run('Selected', { answer: { body: 'b' } }))).toEqual({ body: 'b', status: 200 });
  expect(outputOf(await host.run('ByVersion'))).toMatchObject({ Payload: 7 });
});

test('F6: a catcher without ResultPath hands on Error and Cause alone', async () => {
  const caught = outputOf(await host.run('Caught', { fail: 'Broke' })) as { Cause: string };
  expect(caught).toEqual({ Error: 'Broke', Cause: expect.any(String) });
  expect(JSON.parse(caught.Cause)).toMatchObject({ errorType: 'Broke' });
  expect(await host.run('Caught', { fail: 'Other' })).toMatchObject({ status: 'FAILED', error: 'Other' });
});

test('F6: a catcher with ResultPath puts them into the input of the state', async () => {
  expect(outputOf(await host.run('CaughtInside', { fail: 'Broke', order: 5 }))).toEqual({
    fail: 'Broke',
    order: 5,
    error: { Error: 'Broke', Cause: expect.any(String) },
  });
});
