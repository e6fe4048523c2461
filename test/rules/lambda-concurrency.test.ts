// Environments and how many events they take: L1, L2, L12.
import { existsSync } from 'node:fs';
import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

let fixture: FixtureHost;
let lambda: LambdaClient;

const invoke = async (name: string, event: unknown = {}) => {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: fixture.ref(name), Payload: JSON.stringify(event) }),
  );
  return { answer: JSON.parse(Payload?.transformToString() ?? ''), error: FunctionError };
};

/** Two events meet when both are in flight: each waits until the other has written its mark. */
const meet = `
import { existsSync, writeFileSync } from 'node:fs';
let events = 0;
export const handler = async ({ own, other }) => {
  events++;
  writeFileSync(own, '');
  while (!existsSync(other)) await new Promise((resolve) => setTimeout(resolve, 2));
  return { events };
};`;

beforeAll(async () => {
  fixture = await hostFixture({
    Pair: nodeFunction(meet, { Timeout: 5 }),
    Reserved: nodeFunction(meet, { Timeout: 5, ReservedConcurrentExecutions: 1 }),
    Closed: nodeFunction('export const handler = async () => 1', { ReservedConcurrentExecutions: 0 }),
    Counter: nodeFunction('let events = 0; const made = Math.random(); export const handler = async () => ({ events: ++events, made })'),
    SecondInit: nodeFunction(`
      import { existsSync, writeFileSync } from 'node:fs';
      const mark = process.env.TMPDIR + '/first-init';
      if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('the first init fails'); }
      export const handler = async () => 'initialized'`),
    Timer: nodeFunction('let ticks = 0; setInterval(() => ticks++, 1); export const handler = async () => ticks'),
  });
  lambda = new LambdaClient({
    endpoint: fixture.host.control.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});
afterAll(() => fixture?.stop());

const pair = (folder: string) => [
  { own: `${folder}-a`, other: `${folder}-b` },
  { own: `${folder}-b`, other: `${folder}-a` },
];

test('L1: two events at once run in two environments, one event each', async () => {
  const marks = `${fixture.host.options.dataDir}/pair`;
  const answers = await Promise.all(pair(marks).map((event) => invoke('Pair', event)));
  expect(answers).toEqual([
    { answer: { events: 1 }, error: undefined },
    { answer: { events: 1 }, error: undefined },
  ]);
});

test('L1: beyond the reserved concurrency an invoke is throttled with 429 and its reason', async () => {
  const [first, second] = pair(`${fixture.host.options.dataDir}/reserved`);
  const running = invoke('Reserved', first);
  await expect.poll(() => existsSync(first?.own ?? '')).toBe(true);
  const throttled = await invoke('Reserved', second).catch((error: unknown) => error);
  expect(throttled).toBeInstanceOf(TooManyRequestsException);
  expect(throttled).toMatchObject({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    message: 'Rate Exceeded.',
    $metadata: { httpStatusCode: 429 },
  });
  // The first one is alone: it gets its mark from here.
  await invoke('Pair', { own: second?.own, other: first?.own });
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
