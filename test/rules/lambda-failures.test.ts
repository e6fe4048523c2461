// What a failed event is answered with: L3, L4, L5, L7.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

let fixture: FixtureHost;
let lambda: LambdaClient;

const invoke = async (name: string, event: unknown = {}) => {
  const { Payload, FunctionError, StatusCode } = await lambda.send(
    new InvokeCommand({ FunctionName: fixture.ref(name), Payload: JSON.stringify(event) }),
  );
  return { status: StatusCode, error: FunctionError, answer: JSON.parse(Payload?.transformToString() ?? '') };
};

beforeAll(async () => {
  fixture = await hostFixture({
    Slow: nodeFunction(
      `
      import { appendFileSync, readFileSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      const file = tmpdir() + '/events';
      let events = 0;
      export const handler = async ({ sleep, spin }) => {
        appendFileSync(file, 'x');
        events++;
        if (sleep) await new Promise((resolve) => setTimeout(resolve, 60_000));
        if (spin) for (;;);
        return { events, inTmp: readFileSync(file, 'utf8').length };
      };`,
      { Timeout: 1 },
    ),
    Failing: nodeFunction(`
      class OutOfStock extends Error { name = 'OutOfStock'; }
      export const handler = async ({ how }) => {
        if (how === 'throw') throw new OutOfStock('no more apples');
        if (how === 'text') throw 'just text';
        if (how === 'exit') process.exit(0);
        if (how === 'exit 3') process.exit(3);
        if (how === 'nothing') return undefined;
        if (how === 'circle') { const circle = {}; circle.circle = circle; return circle; }
        if (how === 'pending') await new Promise(() => {});
        if (how === 'rejection') { Promise.reject(new Error('nobody waits')); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
        if (how === 'uncaught') { setTimeout(() => { throw new TypeError('from a timer'); }); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
        if (typeof how === 'number') return 'x'.repeat(how);
        if (how === 'memory') { const all = []; for (;;) all.push(new Array(1e5).fill(Math.random())); }
        return how;
      };`),
    Callback: nodeFunction('export const handler = (event, context, callback) => callback(null, 1)'),
  });
  lambda = new LambdaClient(fixture.config());
});
afterAll(() => fixture?.stop());

test.each(['sleep', 'spin'])(
  'L3: a handler that does not end in time (%s) is killed; memory is reset, temporary files stay',
  async (how) => {
    const before = (await invoke('Slow')).answer as { inTmp: number };
    const late = await invoke('Slow', { [how]: true });
    expect(late).toMatchObject({ status: 200, error: 'Unhandled', answer: { errorType: 'Sandbox.Timedout' } });
    expect(late.answer.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
    expect((await invoke('Slow')).answer).toEqual({ events: 1, inTmp: before.inTmp + 2 });
  },
);

test('L4: what a handler throws is the answer, with name, message and trace, and the environment lives on', async () => {
  const { status, error, answer } = await invoke('Failing', { how: 'throw' });
  expect({ status, error }).toEqual({ status: 200, error: 'Unhandled' });
  expect(answer).toMatchObject({ errorType: 'OutOfStock', errorMessage: 'no more apples' });
  expect(answer.trace[0]).toBe('OutOfStock: no more apples');
  expect(answer.trace[1]).toContain('index.mjs');
});

test('L4: a thrown text has the type of a text', async () => {
  expect((await invoke('Failing', { how: 'text' })).answer).toEqual({ errorType: 'string', errorMessage: 'just text', trace: [] });
});

test.each([
  ['exit', 'without providing a reason'],
  ['exit 3', 'with error: exit status 3'],
])('L4: process.exit ends the environment (%s)', async (how, reason) => {
  const { error, answer } = await invoke('Failing', { how });
  expect({ error, type: answer.errorType }).toEqual({ error: 'Unhandled', type: 'Runtime.ExitError' });
  expect(answer.errorMessage).toMatch(new RegExp(`^RequestId: [0-9a-f-]{36} Error: Runtime exited ${reason}$`));
  expect((await invoke('Failing', { how: 'again' })).answer).toBe('again');
});

test('L5: an answer of 6,291,556 bytes passes, a longer one is an error', async () => {
  const quotes = 2;
  expect((await invoke('Failing', { how: 6_291_556 - quotes })).answer).toHaveLength(6_291_556 - quotes);
  expect(await invoke('Failing', { how: 6_291_557 - quotes })).toMatchObject({
    error: 'Unhandled',
    answer: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  });
});

test('L7: undefined is answered as null, and what JSON cannot say is an error', async () => {
  expect(await invoke('Failing', { how: 'nothing' })).toMatchObject({ error: undefined, answer: null });
  expect((await invoke('Failing', { how: 'circle' })).answer.errorType).toBe('Runtime.JSONStringifyError');
});

test.each([
  ['pending', 'Runtime.NodeJsExit', 'a Promise that was never settled'],
  ['rejection', 'Runtime.UnhandledPromiseRejection', 'Error: nobody waits'],
  ['uncaught', 'TypeError', 'from a timer'],
])('L7: %s ends the environment and fails the event with %s', async (how, errorType, message) => {
  const { error, answer } = await invoke('Failing', { how });
  expect({ error, type: answer.errorType }).toEqual({ error: 'Unhandled', type: errorType });
  expect(answer.errorMessage).toContain(message);
  expect((await invoke('Failing', { how: 'again' })).answer).toBe('again');
});

test('L7: a handler with a callback is refused, as in Node.js 24', async () => {
  const { error, answer } = await invoke('Callback');
  expect({ error, type: answer.errorType }).toEqual({ error: 'Unhandled', type: 'Runtime.CallbackHandlerDeprecated' });
});

test('L14: a handler that takes more memory than it has is killed, and nothing else', async () => {
  expect((await invoke('Failing', { how: 'memory' })).answer).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
  expect((await invoke('Failing', { how: 'again' })).answer).toBe('again');
});
