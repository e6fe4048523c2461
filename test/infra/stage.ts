// Synthesizes a stage in this process: without an account, and without bundling functions.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type cx_api } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { type Config, configOf, type Stage, type Transport } from '../../lib/config.ts';
import { addStacks } from '../../lib/stacks/index.ts';

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')) as { context: Record<string, unknown> };
const folders: string[] = [];

/** CDK's check of templates against CloudFormation's rules takes seconds: it is done once for every stage, where the stages are tested. */
process.env.CDK_VALIDATION ??= 'false';

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An app that writes to a temporary folder, with the feature flags of cdk.json. */
export function testApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'stackyard-infra-'));
  folders.push(outdir);
  return new App({ outdir, context: { ...context, 'aws:cdk:bundling-stacks': [] } });
}

/** Template of every stack of a stage, by the last part of its name: `data`, `systems`, … */
export const synthesized = (stage: Stage, transport?: Transport): Record<string, Template> => synthesizedFrom(configOf(stage, transport));

export const synthesizedFrom = (config: Config): Record<string, Template> => templatesOf(assemblyOf(config));

/** What a gateway beside an emulator hosts, by the last part of its stacks' names. */
export const besideEmulator = (stage: Stage): Record<string, Template> =>
  templatesOf(assemblyOf(configOf(stage)).getNestedAssembly('assembly-gateway'));

function assemblyOf(config: Config): cx_api.CloudAssembly {
  const app = testApp();
  addStacks(app, config);
  return app.synth();
}

const templatesOf = ({ stacks }: cx_api.CloudAssembly): Record<string, Template> =>
  Object.fromEntries(
    stacks.map(({ stackName, template }) => [stackName.split('-').at(-1), Template.fromJSON(template as Record<string, unknown>)]),
  );

/** The template of one stack. */
export function stackOf(stage: Stage, name: string, transport?: Transport): Template {
  const template = synthesized(stage, transport)[name];
  if (!template) throw new Error(`The stage ${stage} has no stack ${name}`);
  return template;
}
