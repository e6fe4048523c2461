// Execution environments on LocalStack without Docker: what they are given, what they print, how many there are.
import { CreateFunctionCommand, GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalStack } from '../../emulators/localstack/start.ts';
import { zip } from '../rules/zip.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { clientOf, deployFunction, type Started, started } from './emulator-fixture.ts';

let run: Started;
beforeAll(async () => {
  run = await started(startLocalStack);
});
afterAll(() => run[Symbol.asyncDispose]());

const deploy = (...[source, options]: [string, Parameters<typeof deployFunction>[2]?]) => deployFunction(run.emulator, source, options);

test('an environment is kept for the next event; events at the same time have one each', async () => {
  const invoke = await deploy(`let events = 0;
    export const handler = async ({ wait }) => { await new Promise((r) => setTimeout(r, wait)); return [process.pid, ++events]; };`);
  const first = (await invoke({ wait: 0 })).payload;
  expect((await invoke({ wait: 0 })).payload).toEqual([first[0], 2]);
  const pids = await Promise.all([1, 2, 3, 4].map(async () => (await invoke({ wait: 1500 })).payload[0]));
  expect(new Set(pids).size).toBe(4);
});

test('a function has its own variables, Lambda’s, and nothing else of this machine', async () => {
  const invoke = await deploy('export const handler = async () => process.env;', {
    variables: { COLOUR: 'blue', LANG: 'de_AT.UTF-8' },
    memory: 512,
  });
  const { payload } = await invoke();
  expect(payload).toMatchObject({
    COLOUR: 'blue',
    LANG: 'de_AT.UTF-8',
    TZ: ':UTC',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_ENDPOINT_URL: run.emulator.url.replace('localhost', '127.0.0.1'),
    _HANDLER: 'index.handler',
  });
  expect(Object.keys(payload).filter((name) => /^(STACKYARD|PYTHON|JAVA|LAMBDA_RUNTIME_EXECUTOR|GATEWAY)/.test(name))).toEqual([]);
});

test('the heap is limited by the memory size', async () => {
  const invoke = await deploy(
    "import v8 from 'node:v8'; export const handler = async () => v8.getHeapStatistics().heap_size_limit / 2 ** 20;",
    {
      memory: 256,
    },
  );
  const { payload } = await invoke();
  expect(payload).toBeGreaterThan(200);
  expect(payload).toBeLessThan(300);
});

test('each environment has a temporary folder of its own', async () => {
  const invoke = await deploy(`import { tmpdir } from 'node:os';
    export const handler = async () => { await new Promise((r) => setTimeout(r, 1000)); return tmpdir(); };`);
  const [one, other] = await Promise.all([invoke(), invoke()]);
  expect(one.payload).not.toBe(other.payload);
  expect(one.payload).toContain(run.dataDir);
});

test('the log has the lines of the start, of the event in their order, and a report', async () => {
  const invoke = await deploy(`console.log('loading');
    export const handler = async () => { console.warn('first\\nand more'); process.stdout.write('{"raw":true}\\n'); console.error('last'); };`);
  const lines = (await invoke()).log.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^\S+Z\tundefined\tINFO\tloading$/),
    expect.stringMatching(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/),
    expect.stringMatching(/^\S+Z\t[0-9a-f-]{36}\tWARN\tfirst\rand more$/),
    '{"raw":true}',
    expect.stringMatching(/^\S+Z\t[0-9a-f-]{36}\tERROR\tlast$/),
    expect.stringMatching(/^END RequestId: /),
    expect.stringMatching(/^REPORT RequestId: .*\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 256 MB$/),
  ]);
});

test('an answer of six megabytes comes back, and a larger one is refused as Lambda does', async () => {
  const invoke = await deploy("export const handler = async ({ size }) => 'x'.repeat(size);");
  expect((await invoke({ size: 6_000_000 })).payload).toHaveLength(6_000_000);
  expect((await invoke({ size: 6_300_000 })).payload).toMatchObject({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('an event of five megabytes arrives whole while the function prints as much', async () => {
  const invoke = await deploy(`setInterval(() => process.stdout.write('y'.repeat(100_000) + '\\n'), 1).unref();
    export const handler = async (text) => text.length;`);
  expect((await invoke('x'.repeat(5_000_000))).payload).toBe(5_000_000);
  expect((await invoke('x'.repeat(5_000_000))).payload).toBe(5_000_000);
});

test('an environment that was killed while idle is replaced, and no event is lost', async () => {
  const invoke = await deploy('export const handler = async () => process.pid;');
  const { payload: killed } = await invoke();
  process.kill(killed, 'SIGKILL');
  // An event that comes while it dies is its last one, and fails, as on Lambda.
  await eventually(() => !isAlive(killed));
  const { payload: next } = await invoke();
  expect(isAlive(next)).toBe(true);
});

test('a function for another runtime is refused with the reason', async () => {
  const lambda = new LambdaClient({ ...clientOf(run.emulator), maxAttempts: 1 });
  const name = { FunctionName: 'python' };
  await lambda.send(
    new CreateFunctionCommand({
      ...name,
      Runtime: 'python3.13',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/any',
      Code: { ZipFile: zip({ 'index.py': 'def handler(event, context): pass' }) },
    }),
  );
  await eventually(async () => (await lambda.send(new GetFunctionCommand(name))).Configuration?.State === 'Failed');
  const { Configuration } = await lambda.send(new GetFunctionCommand(name));
  expect(Configuration?.StateReason).toContain('only functions for Node.js run without Docker, not python3.13');
});

test('LocalStack’s own names lead to it, also with the host prefix of a client', async () => {
  const invoke = await deploy(`import dns from 'node:dns';
    import { lookup } from 'node:dns/promises';
    import { promisify } from 'node:util';
    const addresses = (name) => Promise.all([lookup(name), promisify(dns.lookup)(name)]).then((found) => found.map(({ address }) => address));
    export const handler = async (names) => Promise.all(names.map(addresses));`);
  const names = ['localhost', 'sync-127.0.0.1', 'pictures.s3.localhost', 'sqs.us-east-1.localhost.localstack.cloud'];
  expect((await invoke(names)).payload).toEqual(names.map(() => ['127.0.0.1', '127.0.0.1']));
});
