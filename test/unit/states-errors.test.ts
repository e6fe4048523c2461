// Retry arithmetic, matching of error names, deadlines; on a clock that the tests hold.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isNamedBy, StateError, Stopped } from '../../local/states/errors.ts';
import type { Run } from '../../local/states/execution.ts';
import { walk } from '../../local/states/flow.ts';
import { Scope } from '../../local/states/scope.ts';
import { machineOf, task } from './states-run.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Seconds from the first try to each of the tries, of a function that always fails. */
async function triesAt(retrier: object, random?: () => number): Promise<number[]> {
  const [begun, tries]: [number, number[]] = [Date.now(), []];
  const busy = () => {
    tries.push((Date.now() - begun) / 1000);
    throw Object.assign(new Error(), { name: 'Busy' });
  };
  const definition = { StartAt: 'One', States: { One: task('busy', { Retry: [{ ErrorEquals: ['Busy'], ...retrier }], End: true }) } };
  const execution = machineOf(definition, { busy }, random).startSync('{}');
  await vi.advanceTimersByTimeAsync(299_000);
  expect(await execution).toMatchObject({ status: 'FAILED', error: 'Busy' });
  return tries;
}

test.each<[object, number[]]>([
  [{}, [0, 1, 3, 7]],
  [{ MaxAttempts: 0 }, [0]],
  [{ IntervalSeconds: 3, MaxAttempts: 2 }, [0, 3, 9]],
  [{ BackoffRate: 1, MaxAttempts: 2 }, [0, 1, 2]],
  [{ BackoffRate: 1.5, IntervalSeconds: 2 }, [0, 2, 5, 9.5]],
  [{ MaxAttempts: 5, MaxDelaySeconds: 5 }, [0, 1, 3, 7, 12, 17]],
  [{ JitterStrategy: 'NONE', MaxAttempts: 1 }, [0, 1]],
])('a retrier with %j tries after %j seconds', async (retrier, seconds) => {
  expect(await triesAt(retrier)).toEqual(seconds);
});

test('full jitter waits for a random part of the pause', async () => {
  const parts = [0.5, 0.125, 0.25];
  expect(await triesAt({ JitterStrategy: 'FULL', IntervalSeconds: 4 }, () => parts.shift() ?? 1)).toEqual([0, 2, 3, 7]);
  expect(await triesAt({ JitterStrategy: 'FULL', IntervalSeconds: 4, MaxDelaySeconds: 6, MaxAttempts: 2 }, () => 0.5)).toEqual([0, 2, 5]);
});

test('each retrier counts for itself, and each visit to the state anew', async () => {
  const failures = ['A', 'B', 'A', 'B', 'A', undefined, 'A', undefined];
  const States = {
    One: task('step', {
      Retry: ['A', 'B'].map((name) => ({ ErrorEquals: [name], IntervalSeconds: 1, MaxAttempts: name === 'A' ? 3 : 2 })),
      Next: 'Two',
    }),
    Two: { Type: 'Choice', Choices: [{ Variable: '$', NumericGreaterThan: 6, Next: 'End' }], Default: 'One' },
    End: { Type: 'Succeed' },
  };
  let calls = 0;
  const step = () => {
    const name = failures[calls++];
    if (name) throw Object.assign(new Error(), { name });
    return calls;
  };
  const execution = machineOf({ StartAt: 'One', States }, { step }).startSync('{}');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await execution).toMatchObject({ status: 'SUCCEEDED', output: '8' });
});

test('the context object counts retries', async () => {
  const seen: unknown[] = [];
  const look = (event: unknown) => {
    seen.push(event);
    if (seen.length < 3) throw Object.assign(new Error(), { name: 'Busy' });
  };
  const Retry = [{ ErrorEquals: ['Busy'] }];
  const One = task('look', { Parameters: { 'n.$': '$$.State.RetryCount', 'entered.$': '$$.State.EnteredTime' }, Retry, End: true });
  const entered = new Date().toISOString();
  const execution = machineOf({ StartAt: 'One', States: { One } }, { look }).startSync('{}');
  await vi.advanceTimersByTimeAsync(10_000);
  await execution;
  expect(seen).toEqual([0, 1, 2].map((n) => ({ n, entered })));
});

test.each<[string, object, number]>([
  ['five minutes by itself', {}, 300],
  ['its own deadline', { TimeoutSeconds: 28 }, 28],
  ['never more than five minutes', { TimeoutSeconds: 900 }, 300],
])('an execution has %s', async (_, limits, seconds) => {
  const States = { One: { Type: 'Wait', Seconds: 10_000, Next: 'Two' }, Two: task('two') };
  const two = vi.fn();
  const begun = Date.now();
  const execution = machineOf({ StartAt: 'One', States, ...limits }, { two }).startSync('{}');
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  const { status, stopDate } = await execution;
  expect({ status, after: stopDate - begun / 1000 }).toEqual({ status: 'TIMED_OUT', after: seconds });
  await vi.advanceTimersByTimeAsync(10_000_000);
  expect(two).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a task that ends in time leaves no timer behind', async () => {
  const States = { One: task('quick', { TimeoutSeconds: 60, End: true }) };
  expect(await machineOf({ StartAt: 'One', States }, { quick: () => 1 }).startSync('{}')).toMatchObject({ output: '1' });
  expect(vi.getTimerCount()).toBe(0);
});

test('states that wait for nothing go on no more either, once the execution has ended', async () => {
  const scope = new Scope();
  let steps = 0;
  const state = () => {
    if (++steps === 3) scope.stop();
    return { output: steps, next: steps < 10 ? 'One' : undefined };
  };
  const going = walk({ startAt: 'One', states: new Map([['One', state]]) }, null, { scope } as Run);
  await expect(going).rejects.toBeInstanceOf(Stopped);
  expect(steps).toBe(3);
});

test.each([
  [{ Seconds: 5 }, 5],
  [{ SecondsPath: '$.seconds' }, 7],
  [{ Timestamp: '2026-01-01T00:00:09Z' }, 9],
  [{ TimestampPath: '$.time' }, 11],
  [{ TimestampPath: '$.past' }, 0],
])('a Wait state with %j', async (fields, seconds) => {
  vi.setSystemTime('2026-01-01T00:00:00Z');
  const input = { seconds: 7, time: '2026-01-01T00:00:11Z', past: '2020-01-01T00:00:00Z' };
  const States = { One: { Type: 'Wait', ...fields, End: true } };
  const execution = machineOf({ StartAt: 'One', States }).startSync(JSON.stringify(input));
  await vi.advanceTimersByTimeAsync(60_000);
  const { startDate, stopDate, output } = await execution;
  expect(stopDate - startDate).toBe(seconds);
  expect(output).toBe(JSON.stringify(input));
});

test('a Wait state that reads no number or time ends the execution', async () => {
  for (const fields of [{ SecondsPath: '$' }, { TimestampPath: '$' }]) {
    const machine = machineOf({ StartAt: 'One', States: { One: { Type: 'Wait', ...fields, End: true } } });
    expect(await machine.startSync('"soon"')).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  }
});

test('a stop waits for executions and cuts off what is left after the grace', async () => {
  const machine = machineOf({ StartAt: 'One', States: { One: { Type: 'Wait', SecondsPath: '$', End: true } } });
  const executions = [machine.startSync('5'), machine.startSync('20')];
  const stopped = machine.stop(10_000);
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(await Promise.all(executions)).toMatchObject([{ status: 'SUCCEEDED' }, { status: 'FAILED', cause: 'The host was stopped.' }]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each<[string, string[]]>([
  ['Busy', ['Busy', 'States.ALL', 'States.TaskFailed']],
  ['States.Timeout', ['States.Timeout', 'States.ALL']],
  ['Lambda.Unknown', ['Lambda.Unknown', 'States.ALL', 'States.TaskFailed']],
  ['States.DataLimitExceeded', ['States.DataLimitExceeded']],
  ['States.Runtime', []],
])('%s is named by %j', (code, names) => {
  const all = [
    'Busy',
    'Lambda.Unknown',
    'States.ALL',
    'States.BranchFailed',
    'States.DataLimitExceeded',
    'States.Runtime',
    'States.TaskFailed',
    'States.Timeout',
  ];
  expect(all.filter((name) => isNamedBy([name], new StateError(code))).sort()).toEqual([...names].sort());
});
