// What cannot be hosted is refused with a sentence that names it, and a start that fails leaves nothing running.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TemplateResource } from '../../local/assembly/template.ts';
import { createLog } from '../../local/log.ts';
import { start } from '../../local/start.ts';
import { eventually } from '../support/eventually.ts';
import { processesOf } from '../support/processes.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackyard-refused-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A cloud assembly of one stack, `Shop`, as CDK would write it, with one asset: a function's code. */
function assembly(resources: Readonly<Record<string, TemplateResource>>, code = ''): string {
  const write = (name: string, content: object) => writeFileSync(join(folder, name), JSON.stringify(content));
  write('manifest.json', {
    artifacts: {
      Shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Shop.template.json' } },
      'Shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'Shop.assets.json' } },
    },
  });
  write('Shop.template.json', { Resources: resources });
  write('Shop.assets.json', { files: { code: { source: { path: 'code' }, destinations: { here: { objectKey: 'code.zip' } } } } });
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/index.mjs'), code);
  return folder;
}

/** The message of a start that fails. MariaDB and Redis are started ahead, as the application does. */
async function refusal(directory: string): Promise<string> {
  const running = start({
    assembly: directory,
    dataDir: join(folder, 'data'),
    toolsDir: join(import.meta.dirname, '../../.stackyard/tools'),
    ahead: ['mysql', 'redis'],
    log: createLog('error'),
  });
  return running.then(
    async (host) => {
      await host.stop();
      return 'it was hosted';
    },
    (error: Error) => error.message,
  );
}

const fn = (properties: object = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' }, Handler: 'index.handler', Runtime: 'nodejs24.x', ...properties },
});

/** Answers as a provider of custom resources. */
const answering = (answer: object) =>
  `export const handler = (event) => fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(${JSON.stringify(answer)}) }).then(() => null);`;

const step = { Type: 'Custom::Step', Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } } };
const queue = (properties: object = {}): TemplateResource => ({ Type: 'AWS::SQS::Queue', Properties: { ...properties } });

it('names every unsupported resource and property with its stack and the reason, and says what is supported', async () => {
  const message = await refusal(
    assembly({ Graph: { Type: 'AWS::Neptune::DBCluster', Properties: {} }, Work: queue({ Colour: 'blue' }), Fine: queue() }),
  );

  expect(message).toContain('- Graph in stack Shop: resource type AWS::Neptune::DBCluster has no module here');
  expect(message).toMatch(/- Work in stack Shop: property Colour of AWS::SQS::Queue is not supported\. Honoured: .*VisibilityTimeout/);
  expect(message).toMatch(/Supported resource types: .*AWS::SQS::Queue.*\./);
  expect(message).not.toContain('Fine');
  expect(processesOf(folder)).toEqual([]);
});

it.each([
  ['a runtime that cannot run here', { Snake: fn({ Runtime: 'python3.13' }) }, 'Snake in stack Shop: Runtime python3.13 is not supported'],
  [
    'an asset that the assembly lacks',
    { Lost: fn({ Code: { S3Bucket: 'assets', S3Key: 'lost.zip' } }) },
    /^Lost in stack Shop \(AWS::Lambda::Function\): The assembly in \S+ has no asset lost\.zip\. Synthesize it again\.$/,
  ],
  [
    'a cycle',
    { One: queue({ QueueName: { Ref: 'Two' } }), Two: queue({ QueueName: { Ref: 'One' } }) },
    'Circular dependency: Shop/One → Shop/Two → Shop/One',
  ],
  ['a name that nothing has', { One: queue({ QueueName: { Ref: 'Two' } }) }, 'Shop refers to Two, which it does not define'],
  [
    'an attribute that does not exist',
    { One: queue(), Two: queue({ QueueName: { 'Fn::GetAtt': ['One', 'Colour'] } }) },
    /Shop: One has no attribute Colour here\. It has: .*Arn/,
  ],
] as const)('refuses %s', async (_, resources, expected) => {
  expect(await refusal(assembly(resources))).toMatch(expected);
  expect(processesOf(folder)).toEqual([]);
});

it('fails with the reason that a custom resource gives, and ends the servers that it had started', async () => {
  const code = answering({ Status: 'FAILED', Reason: 'the table orders is locked' });
  const started = refusal(assembly({ Provider: fn(), Step: step }, code));
  await eventually(() => processesOf(folder).length > 0);

  expect(await started).toBe('Step in stack Shop (Custom::Step): the table orders is locked');
  expect(processesOf(folder)).toEqual([]);
});

it('fails with the error of a custom resource whose function throws', async () => {
  const code = "export const handler = () => { throw new TypeError('no such column'); };";

  expect(await refusal(assembly({ Provider: fn(), Step: step }, code))).toMatch(
    /^Step in stack Shop \(Custom::Step\): \S+ failed: .*"errorType":"TypeError","errorMessage":"no such column"/,
  );
  expect(processesOf(folder)).toEqual([]);
});
