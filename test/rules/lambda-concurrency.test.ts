// Environments and how many events they take: L1, L2, L12.
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventSink, eventSink } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

let fixture: FixtureHost;
let sink: EventSink;
let lambda: LambdaClient;

const invoke = async (name: string, event: unknown = {}) => {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: fixture.ref(name), Payload: JSON.stringify(event) }),
  );
  return { answer: JSON.parse(Payload?.transformToString() ?? ''), error: FunctionError };
};

beforeAll(async () => {
  sink = await eventSink();
  const counting = `let events = 0; ${sink.telling} export const handler = async (event) => { events++; await tell(event); return { events }; };`;
  fixture = await hostFixture({
    Pair: nodeFunction(counting, { Timeout: 5 }),
    Reserved: nodeFunction(counting, { Timeout: 5, ReservedConcurrentExecutions: 1 }),
    Closed: nodeFunction('export const handler = async () => 1', { ReservedConcurrentExecutions: 0 }),
    Counter: nodeFunction('let events = 0; const made = Math.random(); export const handler = async () => ({ events: ++events, made })'),
    SecondInit: nodeFunction(`
      import { existsSync, writeFileSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      const mark = tmpdir() + '/first-init';
      if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('the first init fails'); }
      export const handler = async () => 'initialized'`),
    Timer: nodeFunction('let ticks = 0; setInterval(() => ticks++, 1); export const handler = async () => ticks'),
  });
  lambda = new LambdaClient({ ...fixture.config(), maxAttempts: 1 });
});
afterAll(async () => {
  await fixture?.stop();
  await sink.stop();
});

const arrived = (name: string) => sink.events.filter((event) => event.name === name).length;

test('L1: two events at once run in two environments, one event each', async () => {
  // They meet: each is answered when both are in flight.
  sink.answer = () => sink.until(() => arrived('pair') === 2);
  const answers = await Promise.all([invoke('Pair', { name: 'pair' }), invoke('Pair', { name: 'pair' })]);
  expect(answers).toEqual([
    { answer: { events: 1 }, error: undefined },
    { answer: { events: 1 }, error: undefined },
  ]);
});

test('L1: beyond the reserved concurrency an invoke is throttled with 429 and its reason', async () => {
  const release = Promise.withResolvers<void>();
  sink.answer = () => release.promise;
  const running = invoke('Reserved', { name: 'first' });
  await sink.until(() => arrived('first') === 1);
  const throttled = await invoke('Reserved', { name: 'second' }).catch((error: unknown) => error);
  expect(throttled).toBeInstanceOf(TooManyRequestsException);
  expect(throttled).toMatchObject({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    message: 'Rate Exceeded.',
    $metadata: { httpStatusCode: 429 },
  });
  release.resolve();
  expect((await running).error).toBeUndefined();
});

test('L1: a reserved concurrency of 0 throttles every event', async () => {
  await expect(invoke('Closed')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});

test('L2: init runs once and module state survives warm invokes', async () => {
  const first = await invoke('Counter');
  const second = await invoke('Counter');
  expect(first.answer.events).toBe(1);
  expect(second.answer).toEqual({ events: 2, made: first.answer.made });
});

test('L2: an init that failed is run again within the invoke', async () => {
  expect(await invoke('SecondInit')).toEqual({ answer: 'initialized', error: undefined });
});

test('L12: unlike on AWS, an environment is not frozen between invokes: its timers go on', async () => {
  const first = (await invoke('Timer')).answer;
  await expect.poll(async () => (await invoke('Timer')).answer).toBeGreaterThan(first);
});
