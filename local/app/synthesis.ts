// Builds the console and synthesizes the app's local stage, unless nothing that they read has changed since the last time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { fingerprint } from './fingerprint.ts';

export const projectRoot = join(import.meta.dirname, '../..');

const WEB_INPUTS = ['web', 'package-lock.json'];
const APP_INPUTS = ['bin/app.ts', 'lib', 'functions', 'migrations', 'cdk.json', 'package-lock.json'];

export interface SynthesisOptions {
  readonly transport: 'kafka' | 'sqs';
  readonly log: Log;
}

/** The folder of the assembly. A run that is cut short leaves nothing that a later one would take for whole. */
export async function synthesize({ transport, log }: SynthesisOptions): Promise<string> {
  const web = await upToDate('console', WEB_INPUTS, 'web', log, () =>
    run(join(projectRoot, 'node_modules/vite/bin/vite.js'), ['build', 'web', '--logLevel', 'error'], {}),
  );
  const output = join(projectRoot, '.stackyard/assembly', transport);
  await upToDate('synth', APP_INPUTS, `assembly-${transport}`, log, () => synth(output, transport), web);
  return output;
}

async function synth(output: string, transport: string): Promise<void> {
  const fresh = `${output}.${process.pid}`;
  const { context } = JSON.parse(await readFile(join(projectRoot, 'cdk.json'), 'utf8')) as { context: object };
  await rm(fresh, { recursive: true, force: true });
  await run(join(projectRoot, 'bin/app.ts'), [], {
    CDK_OUTDIR: fresh,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage: 'local', transport }),
  });
  await rm(output, { recursive: true, force: true });
  await rename(fresh, output);
}

/** Runs `work` when the inputs differ from those of its last success; gives the inputs' fingerprint. */
async function upToDate(
  title: string,
  inputs: readonly string[],
  name: string,
  log: Log,
  work: () => Promise<void>,
  more = '',
): Promise<string> {
  const began = performance.now();
  const mark = join(projectRoot, '.stackyard', `${name}.inputs`);
  const files = await fingerprint(projectRoot, inputs);
  const print = createHash('sha256').update(files).update(more).digest('hex');
  if ((await readFile(mark, 'utf8').catch(() => '')) === print) return print;
  await rm(mark, { force: true });
  await work();
  await mkdir(join(projectRoot, '.stackyard'), { recursive: true });
  await writeFile(mark, print);
  log('info', title, `built (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return print;
}

/** Runs a program of this project; what it printed becomes the error when it fails. */
function run(script: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${script} failed:\n${output.trim()}`))));
  });
}
