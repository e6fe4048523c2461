// Builds the console and synthesizes a stage of the app, unless nothing that they read has changed since the last time.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../../bin/prepare/lock.mjs';
import type { Log } from '../log.ts';
import { fingerprint } from './fingerprint.ts';

export const projectRoot = join(import.meta.dirname, '../..');

const WEB_INPUTS = ['web', 'package-lock.json'];
const APP_INPUTS = ['bin/app.ts', 'lib', 'functions', 'migrations', 'cdk.json', 'package-lock.json'];

/** What is synthesized, and the name under which it is kept. */
export interface Synthesized {
  readonly name: string;
  /** For the app, besides that of cdk.json: the stage, and what else is given by `-c` elsewhere. */
  readonly context: Readonly<Record<string, string>>;
}

/** The stage of `npm start`. */
export const localStage = (transport: 'kafka' | 'sqs'): Synthesized => ({ name: transport, context: { stage: 'local', transport } });

export interface SynthesisOptions extends Synthesized {
  readonly log: Log;
  /** Ends what runs for it. */
  readonly signal?: AbortSignal | undefined;
}

/** Hosts of this checkout run on its assemblies. What nobody has made anew for a day is taken for unused. */
const KEEP_ASSETS_MS = 24 * 3_600_000;

/** The folder of the assembly. A run that is cut short leaves nothing that a later one would take for whole; two hosts that start together take turns. */
export function synthesize({ name, context, log, signal }: SynthesisOptions): Promise<string> {
  const output = join(projectRoot, '.stackyard/assembly', name);
  const work = async () => {
    const vite = join(projectRoot, 'node_modules/vite/bin/vite.js');
    const web = await upToDate('console', WEB_INPUTS, 'web', log, () => run(vite, ['build', 'web', '--logLevel', 'error'], {}, signal));
    await upToDate('synth', APP_INPUTS, `assembly-${name}`, log, () => synth(output, context, signal), `${web}${JSON.stringify(context)}`);
    return output;
  };
  return withLock(join(projectRoot, '.stackyard/synthesis.lock'), work, { say: (text) => log('info', 'synth', text) });
}

async function synth(output: string, more: object, signal?: AbortSignal): Promise<void> {
  const fresh = `${output}.new`;
  const { context } = JSON.parse(await readFile(join(projectRoot, 'cdk.json'), 'utf8')) as { context: object };
  await rm(fresh, { recursive: true, force: true });
  // CDK's validation of templates takes half of a synthesis; the tests do it for every stage.
  const environment = {
    CDK_OUTDIR: fresh,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...more }),
    CDK_VALIDATION: 'false',
  };
  await run(join(projectRoot, 'bin/app.ts'), [], environment, signal);
  await mkdir(output, { recursive: true });
  await takeOver(fresh, output);
}

/**
 * Assets are named by their content. Those of the synthesis before stay where they are: a host that runs on them, this one under `--watch` or
 * another one of this checkout, starts its next environment from there.
 */
async function takeOver(fresh: string, output: string): Promise<void> {
  const made = await readdir(fresh);
  for (const name of made) {
    const target = join(output, name);
    if (isAsset(name) && existsSync(target)) await utimes(target, new Date(), new Date());
    else {
      // A folder, unlike a file, does not take the place of another: an assembly in this one.
      if (isNestedAssembly(name)) await rm(target, { recursive: true, force: true });
      await rename(join(fresh, name), target);
    }
  }
  await rm(fresh, { recursive: true, force: true });
  for (const name of (await readdir(output)).filter((left) => isAsset(left) && !made.includes(left))) {
    const { mtimeMs } = await stat(join(output, name));
    if (mtimeMs < Date.now() - KEEP_ASSETS_MS) await rm(join(output, name), { recursive: true, force: true });
  }
}

const isAsset = (name: string): boolean => name.startsWith('asset.');
const isNestedAssembly = (name: string): boolean => name.startsWith('assembly-');

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
function run(script: string, args: readonly string[], environment: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal && { signal }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${script} failed:\n${output.trim()}`))));
  });
}
