// Writes docs/functions.md and docs/alarms.md from the template of prod. Run it after a change of lib/: node scripts/docs/functions.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmsDocument } from './alarms-document.ts';
import { functionsDocument } from './functions-document.ts';
import type { Templates } from './templates.ts';

const root = join(import.meta.dirname, '../..');
const SUFFIX = '.template.json';
const templates = synthesized('prod');
writeFileSync(join(root, 'docs/functions.md'), functionsDocument(templates));
writeFileSync(join(root, 'docs/alarms.md'), alarmsDocument(templates));

/** The app as `cdk synth` runs it, without bundling functions. */
function synthesized(stage: string): Templates {
  const outdir = mkdtempSync(join(tmpdir(), 'stackyard-docs-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, stage, 'aws:cdk:bundling-stacks': [] });
  try {
    // What CDK checks of templates is checked where the stages are tested.
    const env = { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON, CDK_VALIDATION: 'false' };
    execFileSync(process.execPath, [join(root, 'bin/app.ts')], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
    return Object.fromEntries(
      readdirSync(outdir)
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => [name.slice(0, -SUFFIX.length), JSON.parse(readFileSync(join(outdir, name), 'utf8'))]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
