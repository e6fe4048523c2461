// `npm run synth`: the templates of every stage, without an account, in cdk.out/stages. Names of stages as arguments make only those.
//
// All in one folder and one process: functions that stages have in common are bundled once.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { build } from 'vite';
import { configOf, stages } from '../lib/config.ts';
import { addStacks } from '../lib/stacks/index.ts';

const root = join(import.meta.dirname, '..');
const outdir = join(root, 'cdk.out/stages');
const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };

const began = performance.now();
const say = (what: string, since: number) =>
  process.stdout.write(`${what.padEnd(12)}${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s\n`);

rmSync(outdir, { recursive: true, force: true });
await build({ root: join(root, 'web'), configFile: join(root, 'web/vite.config.ts'), logLevel: 'error' });
say('console', began);
const wanted = process.argv.slice(2);
for (const stage of wanted.length > 0 ? wanted : Object.keys(stages)) {
  const since = performance.now();
  const app = new App({ outdir, context });
  addStacks(app, configOf(stage));
  app.synth();
  say(stage, since);
}
say('all', began);
