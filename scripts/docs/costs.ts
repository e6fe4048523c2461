// Writes docs/costs.md. Run it when a stage, a price or a bench has changed: node scripts/docs/costs.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costsDocument } from './costs/document.ts';
import { costedStages, measurements } from './costs/input.ts';
import { resourcesOf, type Template } from './costs/resource.ts';

const root = join(import.meta.dirname, '../..');

writeFileSync(
  join(root, 'docs/costs.md'),
  costsDocument({ stages: costedStages((stage) => ({ resources: resourcesOf(synthesized(stage)) })), ...measurements() }),
);

/** By the app itself, in a process of its own, without bundling functions. */
function synthesized(stage: string): Record<string, Template> {
  const folder = mkdtempSync(join(tmpdir(), 'stackyard-costs-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  const environment = {
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage, 'aws:cdk:bundling-stacks': [] }),
    CDK_VALIDATION: 'false',
  };
  try {
    execFileSync(process.execPath, [join(root, 'bin/app.ts')], { env: { ...process.env, ...environment }, stdio: 'inherit' });
    const files = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
    return Object.fromEntries(files.map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
