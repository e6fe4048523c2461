// Environments beyond the rules of AWS: several events at once, limits, idle ones, the end.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FunctionHost, hostedFunction } from '../../local/lambda/hosted-function.ts';
import type { FunctionDefinition, LambdaFunction } from '../../local/lambda/registry.ts';

let folder: string;
let logged: string[];
let functions: LambdaFunction[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackyard-pool-'));
  logged = [];
  functions = [];
});
afterEach(async () => {
  await Promise.all(functions.map((fn) => fn.stop(0)));
  rmSync(folder, { recursive: true, force: true });
});

function make(source: string, definition: Partial<FunctionDefinition> = {}, host: Partial<FunctionHost> = {}): LambdaFunction {
  writeFileSync(join(folder, 'index.mjs'), source);
  const fn = hostedFunction(
    {
      name: 'fn',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:fn',
      handler: 'index.handler',
      codeDir: folder,
      layerDirs: [],
      environment: { FOLDER: folder },
      timeoutSeconds: 5,
      memoryMb: 128,
      ...definition,
    },
    {
      log: (level, _, message) => void logged.push(`${level} ${message}`),
      region: 'us-east-1',
      eventsPerEnvironment: 1,
      timeScale: 1,
      lambdaDir: join(folder, 'lambda'),
      sqsUrl: 'http://127.0.0.1:9',
      ...host,
    },
  );
  functions.push(fn);
  return fn;
}

const sleeper = `
  import { threadId } from 'node:worker_threads';
  export const handler = async ({ ms }, { awsRequestId }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    console.log('slept');
    return { threadId, awsRequestId, store: globalThis.awslambda.InvokeStore.getRequestId() };
  };`;
const run = async (fn: LambdaFunction, event: unknown) => JSON.parse((await fn.invoke(JSON.stringify(event))).payload);
const sandboxes = () => readdirSync(join(folder, 'lambda', 'tmp', String(process.pid), 'fn'));

test('with several events per environment they share a thread, and each knows its own request id', async () => {
  const fn = make(sleeper, {}, { eventsPerEnvironment: 16 });
  await fn.warm();
  const answers = await Promise.all(Array.from({ length: 16 }, () => run(fn, { ms: 20 })));
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(1);
  expect(new Set(answers.map(({ awsRequestId }) => awsRequestId)).size).toBe(16);
  for (const { awsRequestId, store } of answers) {
    expect(store).toBe(awsRequestId);
    expect(logged).toContainEqual(expect.stringMatching(`\t${awsRequestId}\tINFO\tslept`));
  }
});

test('a timeout takes the other events of its environment with it', async () => {
  const fn = make(sleeper, { timeoutSeconds: 0.3 }, { eventsPerEnvironment: 16 });
  await fn.warm();
  const late = run(fn, { ms: 60_000 });
  const other = run(fn, { ms: 60_000 });
  expect((await late).errorType).toBe('Sandbox.Timedout');
  expect(await other).toMatchObject({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: killed$/) });
  expect(await run(fn, { ms: 0 })).toHaveProperty('threadId');
});

test('events wait for one of eight strict environments, and all get their answer', async () => {
  const fn = make(sleeper);
  const answers = await Promise.all(Array.from({ length: 40 }, () => run(fn, { ms: 5 })));
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBeLessThanOrEqual(8);
});

test('more than a thousand waiting events are throttled', async () => {
  const fn = make('export const handler = () => new Promise((resolve) => setTimeout(resolve, 5))');
  const results = await Promise.allSettled(Array.from({ length: 1100 }, () => fn.invoke('1')));
  const throttled = results.filter((result) => result.status === 'rejected');
  expect(throttled).toHaveLength(100);
  expect(throttled[0]?.reason).toMatchObject({ name: 'TooManyRequestsException', reason: 'ConcurrentInvocationLimitExceeded' });
});

test('L2: an init over its limit is run again within the invoke, under the timeout of the function', async () => {
  const source = `
    import { existsSync, writeFileSync } from 'node:fs';
    const mark = process.env.TMPDIR + '/tried';
    if (!existsSync(mark)) { writeFileSync(mark, ''); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
    export const handler = async () => 'initialized';`;
  // Long enough for a busy machine to start a thread and write the mark.
  expect(await run(make(source, {}, { initMs: 2_000 }), {})).toBe('initialized');
});

test('an init that never ends is a timeout of the function', async () => {
  const fn = make('setTimeout(() => {}, 60_000); await new Promise(() => {})', { timeoutSeconds: 0.3 }, { initMs: 300 });
  expect((await run(fn, {})).errorType).toBe('Sandbox.Timedout');
});

test('idle environments end with their folders, and one stays', async () => {
  const fn = make(sleeper, {}, { idleMs: 200 });
  await Promise.all(Array.from({ length: 3 }, () => run(fn, { ms: 300 })));
  expect(sandboxes()).toHaveLength(3);
  await expect.poll(sandboxes).toHaveLength(1);
  expect(await run(fn, { ms: 0 })).toHaveProperty('threadId');
});

test('a function at rest keeps no environment, is not warmed, and starts one for a later event', async () => {
  const fn = make(sleeper);
  await fn.warm();
  await fn.rest();
  expect(sandboxes()).toEqual([]);
  await fn.warm();
  expect(sandboxes()).toEqual([]);
  expect(await run(fn, { ms: 0 })).toHaveProperty('threadId');
});

test('temporary folders of a host that was killed are removed, those of code that still drains are not', async () => {
  const killed = join(folder, 'lambda', 'tmp', '1');
  mkdirSync(killed, { recursive: true });
  const draining = make(sleeper);
  await draining.warm();
  make(sleeper);
  expect(existsSync(killed)).toBe(false);
  expect(sandboxes()).toHaveLength(1);
});

test('a stop waits for the events in flight and removes the temporary folders', async () => {
  const fn = make(sleeper);
  await fn.warm();
  const answer = run(fn, { ms: 200 });
  await fn.stop(5000);
  expect(await answer).toHaveProperty('threadId');
  expect(sandboxes()).toEqual([]);
  await expect(fn.invoke('{}')).rejects.toThrow('being stopped');
});

test('a stop cuts off what is in flight after its grace', async () => {
  const fn = make(sleeper);
  await fn.warm();
  const answer = run(fn, { ms: 60_000 });
  await fn.stop(50);
  expect((await answer).errorMessage).toMatch(/signal: killed$/);
});

test('a trace shows the lines of the source where the bundle has a map', async () => {
  const fn = make("export const handler = async () => {\n  throw new Error('mapped');\n};\n//# sourceMappingURL=index.mjs.map\n");
  // Line 2 of the bundle is line 8 of the source, by one segment: generated column 0, source 0, line 7, column 0.
  writeFileSync(join(folder, 'index.mjs.map'), JSON.stringify({ version: 3, sources: ['service.ts'], names: [], mappings: ';AAOA' }));
  expect((await run(fn, {})).trace[1]).toContain(`${folder}/service.ts:8:`);
});
