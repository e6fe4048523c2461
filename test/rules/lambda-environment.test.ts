// What a handler finds around it: L6, L8, L9, L10, L14.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asset, type FixtureHost, hostFixture, nodeFunction, refusal } from './fixture.ts';

let fixture: FixtureHost;

const invoke = async (name: string, event: unknown = {}) => JSON.parse((await fixture.invoke(name, event)).payload);
const cjs = "exports.handler = async () => 'CommonJS'";
const esm = "export const handler = async () => 'ES module'";

const loads = {
  Script: nodeFunction({ 'index.js': cjs }),
  ModuleByPackage: nodeFunction({ 'index.js': esm, 'package.json': '{"type":"module"}' }),
  JsBeforeMjs: nodeFunction({ 'index.mjs': esm, 'index.js': cjs }),
  MjsBeforeCjs: nodeFunction({ 'index.mjs': esm, 'index.cjs': cjs }),
  Cjs: nodeFunction({ 'index.cjs': cjs }),
  Folder: nodeFunction({ 'src/entry.mjs': esm }, { Handler: 'src/entry.handler' }),
  Nested: nodeFunction("export const outer = { inner: async () => 'nested' }", { Handler: 'index.outer.inner' }),
  NoFile: nodeFunction({ 'other.mjs': esm }),
  NoExport: nodeFunction('export const other = 1'),
  NoFunction: nodeFunction('export const handler = 1'),
  Syntax: nodeFunction('export const handler = ;'),
  NoDot: nodeFunction(esm, { Handler: 'index' }),
  Outside: nodeFunction(esm, { Handler: '../index.handler' }),
};

beforeAll(async () => {
  process.env.STACKYARD_SECRET_OF_THE_HOST = 'not for functions';
  fixture = await hostFixture({
    ...loads,
    Around: nodeFunction(
      'export const handler = async (event, context) => ({ env: process.env, context, left: context.getRemainingTimeInMillis(), keys: Object.keys(context) })',
      {
        FunctionName: 'around',
        MemorySize: 192,
        Timeout: 7,
        Environment: { Variables: { COLOUR: 'green' } },
      },
    ),
    Files: nodeFunction(`
      import { writeFileSync, readdirSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      export const handler = async ({ file }) => { if (file) writeFileSync(tmpdir() + '/' + file, ''); return { folder: tmpdir(), files: readdirSync(tmpdir()) } }`),
    Neighbour: nodeFunction("import { tmpdir } from 'node:os'; export const handler = async () => tmpdir()"),
    Leaving: nodeFunction('export const handler = async () => { process.env.COLOUR = "red"; process.chdir("/") }'),
    Layer: {
      Type: 'AWS::Lambda::LayerVersion',
      Properties: { Content: asset({ 'nodejs/node_modules/ink/index.js': "module.exports = 'blue'" }) },
    },
    Layered: nodeFunction(
      "import { createRequire } from 'node:module'; export const handler = async () => createRequire(import.meta.url)('ink')",
      {
        Layers: [{ Ref: 'Layer' }],
      },
    ),
  });
});
afterAll(() => fixture?.stop());

test.each([
  ['Script', 'CommonJS'],
  ['ModuleByPackage', 'ES module'],
  ['JsBeforeMjs', 'CommonJS'],
  ['MjsBeforeCjs', 'ES module'],
  ['Cjs', 'CommonJS'],
  ['Folder', 'ES module'],
  ['Nested', 'nested'],
] as const)('L6: the handler of %s is found', async (name, answer) => {
  expect(await invoke(name)).toBe(answer);
});

test.each([
  ['NoFile', 'Runtime.ImportModuleError', /Cannot find module 'index'/],
  ['NoExport', 'Runtime.HandlerNotFound', /^index\.handler is undefined or not exported$/],
  ['NoFunction', 'Runtime.HandlerNotFound', /^index\.handler is not a function$/],
  ['Syntax', 'Runtime.UserCodeSyntaxError', /Unexpected token/],
  ['NoDot', 'Runtime.MalformedHandlerName', /^Bad handler$/],
  ['Outside', 'Runtime.MalformedHandlerName', /is not a valid handler name/],
] as const)('L6: the handler of %s fails to load with %s', async (name, errorType, message) => {
  expect(await invoke(name)).toMatchObject({ errorType, errorMessage: expect.stringMatching(message) });
});

test('L8: the context names the function and the event; what belonged to callbacks is gone, as in Node.js 24', async () => {
  const { context, left, keys } = await invoke('Around');
  expect(context).toEqual({
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    functionName: 'around',
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${fixture.region}:${fixture.account}:function:around`,
    memoryLimitInMB: '192',
    logGroupName: '/aws/lambda/around',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
  });
  expect(keys).toEqual(expect.arrayContaining(['clientContext', 'identity', 'getRemainingTimeInMillis']));
  expect(left).toBeGreaterThan(5000);
  expect(left).toBeLessThanOrEqual(7000);
});

test("L9: an environment has Lambda's variables and the function's, and none of the host's", async () => {
  const { env } = await invoke('Around');
  expect(env).toMatchObject({
    _HANDLER: 'index.handler',
    AWS_REGION: fixture.region,
    AWS_DEFAULT_REGION: fixture.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'around',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '192',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/around',
    TZ: ':UTC',
    COLOUR: 'green',
    ...fixture.endpoints,
  });
  expect(Object.keys(env)).toEqual(
    expect.arrayContaining(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'LAMBDA_TASK_ROOT', 'AWS_LAMBDA_RUNTIME_API']),
  );
  expect(env).not.toHaveProperty('STACKYARD_SECRET_OF_THE_HOST');
});

test.each([
  ['reserved keys', { AWS_REGION: 'eu-west-1' }, /reserved keys.*AWS_REGION/],
  ['more than 4 KB', { LONG: 'x'.repeat(4096) }, /limit of 4096/],
])('L9: variables with %s are refused at start', async (_, Variables, message) => {
  await expect(hostFixture({ Bad: nodeFunction(esm, { Environment: { Variables } }) })).rejects.toThrow(refusal(message));
});

test('L10: each environment has its own temporary folder, which stays over invokes', async () => {
  await invoke('Files', { file: 'kept' });
  const { folder, files } = await invoke('Files');
  expect(files).toEqual(['kept']);
  expect(await invoke('Neighbour')).not.toBe(folder);
});

test('L14: a handler changes its own variables only, and cannot change the folder of the process', async () => {
  expect(await invoke('Leaving')).toMatchObject({ errorMessage: expect.stringContaining('not supported in workers') });
  expect(process.env.COLOUR).toBeUndefined();
});

test('a layer is found by require', async () => {
  expect(await invoke('Layered')).toBe('blue');
});
