// All stages, synthesized without an account in one command, and their templates checked against CloudFormation's schemas.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../local/app/synthesis.ts';
import { createLog } from '../../local/log.ts';
import { findPython, installCfnLint, lint } from './cfn-lint/lint.ts';
import { type Outcome, runCommand } from './run.ts';

/** Where every service of the application is to be had. */
const REGION = 'eu-west-1';
/** CloudFront's firewall lives there, whatever the stage's region. */
const EDGE_REGION = 'us-east-1';

/** A template with two mistakes that the check must find, or it finds nothing. */
const BROKEN = join(import.meta.dirname, 'cfn-lint/broken.template.json');
const MISTAKES = ['E3034', 'E3002'];

const FOLDER = join(projectRoot, 'cdk.out/stages');

const say = (text: string) => void process.stdout.write(`${text}\n`);

export async function lintTemplates(): Promise<Outcome> {
  const synthesized = await runCommand(process.execPath, [join(projectRoot, 'bin/synth.ts')]);
  if (synthesized.failed > 0) return synthesized;
  const python = await findPython();
  if (!python) return { ...synthesized, leftOut: 'no Python 3.11 or newer with its venv module runs here, for cfn-lint' };
  const interpreter = await installCfnLint(python, join(projectRoot, '.stackyard/tools'), createLog('info'));
  const outcomes = [synthesized, await findsMistakes(interpreter), await lintAll(interpreter)];
  return { passed: sum(outcomes, 'passed'), failed: sum(outcomes, 'failed') };
}

async function findsMistakes(interpreter: string): Promise<Outcome> {
  const findings = await lint(interpreter, [BROKEN], REGION);
  const missed = MISTAKES.filter((id) => !findings.some((finding) => finding.includes(`:${id}:`)));
  if (missed.length > 0) say(`cfn-lint does not find ${missed.join(', ')} in a template that is wrong:\n${findings.join('\n')}`);
  return missed.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** One passed for each template without a finding. */
async function lintAll(interpreter: string): Promise<Outcome> {
  const templates = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.template.json'));
  const ofEdge = (name: string) => name.endsWith('-edge.template.json');
  const at = (names: string[]) => names.map((name) => join(FOLDER, name));
  const findings = [
    ...(await lint(interpreter, at(templates.filter((name) => !ofEdge(name))), REGION)),
    ...(await lint(interpreter, at(templates.filter(ofEdge)), EDGE_REGION)),
  ].map((finding) => finding.replace(`${FOLDER}/`, ''));
  for (const finding of findings) say(finding);
  const withFinding = templates.filter((name) => findings.some((finding) => finding.startsWith(`${name}:`))).length;
  // One that is about no template, such as a region that cfn-lint does not know, must not pass either.
  const failed = Math.max(withFinding, findings.length > 0 ? 1 : 0);
  say(`${templates.length - failed} of ${templates.length} templates without a finding`);
  return { passed: templates.length - failed, failed };
}

const sum = (outcomes: readonly Outcome[], field: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[field], 0);
