// Functions on LocalStack without Docker: each environment is a Node process, and ends as Lambda's do.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { deployFunction, type Started, started } from './emulator-fixture.ts';

let run: Started;
beforeAll(async () => {
  run = await started(startLocalStack);
});
afterAll(() => run[Symbol.asyncDispose]());

const deploy = (...[source, options]: [string, Parameters<typeof deployFunction>[2]?]) => deployFunction(run.emulator, source, options);

test('a function answers from Node 24 with what a layer brings', async () => {
  const invoke = await deploy(
    `import { createRequire } from 'node:module';
     const { greeting } = createRequire(import.meta.url)('greetings');
     export const handler = async ({ name }) => ({ text: greeting(name), node: process.versions.node });`,
    { layer: { 'nodejs/node_modules/greetings/index.js': "exports.greeting = (name) => 'Good evening, ' + name;" } },
  );
  expect(await invoke({ name: 'Ada' })).toMatchObject({
    functionError: undefined,
    payload: { text: 'Good evening, Ada', node: process.versions.node },
  });
});

test('a thrown error comes back with its type, message and trace', async () => {
  const invoke = await deploy(`class OutOfStock extends Error { name = 'OutOfStock' }
    export const handler = async () => { throw new OutOfStock('none left'); };`);
  const { functionError, payload } = await invoke();
  expect(functionError).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType: 'OutOfStock', errorMessage: 'none left' });
  expect(payload.trace[0]).toBe('OutOfStock: none left');
});

test('a time-out kills the process, whatever it does; the next event finds a new one', async () => {
  const invoke = await deploy(`export const handler = async ({ hang }) => { while (hang); return process.pid; };`, { timeout: 1 });
  const first = (await invoke({ hang: false })).payload;
  const { functionError, payload } = await invoke({ hang: true });
  expect(functionError).toBe('Unhandled');
  expect(payload.errorType).toBe('Sandbox.Timedout');
  expect(payload.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/);
  expect(isAlive(first)).toBe(false);
  expect((await invoke({ hang: false })).payload).not.toBe(first);
});

test('processes that a function started are ended with it at its time-out', async () => {
  const invoke = await deploy(
    `import { spawn } from 'node:child_process';
     export const handler = async ({ hang }) => {
       console.log('child', spawn('sleep', ['600'], { stdio: 'inherit' }).pid);
       await new Promise(() => setInterval(() => {}, 1000));
     };`,
    { timeout: 1 },
  );
  const child = Number(/child (\d+)/.exec((await invoke()).log)?.[1]);
  expect(child).toBeGreaterThan(0);
  await eventually(() => !isAlive(child));
});

test.each([
  ['process.exit(3)', 'Runtime.ExitError', /Error: Runtime exited with error: exit status 3$/],
  ['process.exit(0)', 'Runtime.ExitError', /Error: Runtime exited without providing a reason$/],
  ["process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 1000))", 'Runtime.ExitError', /signal: killed$/],
  ['await new Promise(() => {})', 'Runtime.NodeJsExit', /never settled/],
  [
    "void Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 1000))",
    'Runtime.UnhandledPromiseRejection',
    /^Error: lost$/,
  ],
  ["setImmediate(() => { throw new RangeError('late') }); await new Promise((r) => setTimeout(r, 1000))", 'RangeError', /^late$/],
])('%s ends the event with a name of its own, and the next one works', async (statement, errorType, errorMessage) => {
  const invoke = await deploy(`export const handler = async ({ well }) => { if (well) return 'well'; ${statement}; };`);
  expect(await invoke()).toMatchObject({
    functionError: 'Unhandled',
    payload: { errorType, errorMessage: expect.stringMatching(errorMessage) },
  });
  expect((await invoke({ well: true })).payload).toBe('well');
});

test.each([
  ["import 'not-there'; export const handler = () => {};", 'Error', /Cannot find package 'not-there'/],
  ['export const other = () => {};', 'Runtime.HandlerNotFound', /^index.handler is undefined or not exported$/],
  ['export const handler = ;', 'Runtime.UserCodeSyntaxError', /Unexpected token/],
  ['process.exit(4)', 'Runtime.ExitError', /Error: Runtime exited with error: exit status 4$/],
])('what cannot be loaded says why: %s', async (source, errorType, errorMessage) => {
  const invoke = await deploy(source);
  expect(await invoke()).toMatchObject({ payload: { errorType, errorMessage: expect.stringMatching(errorMessage) } });
});
