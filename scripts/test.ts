// `npm test`: everything that can be proven on this machine, suite by suite, with one line of totals at the end.
// Names of suites as arguments run only those: `npm test -- unit rules`.
import { startApp } from '../test/support/hosted-app.ts';
import { againstEmulator, emulatorPrograms, rulesOnLocalStack } from './test/emulated.ts';
import { type Outcome, runCommand, runVitest } from './test/run.ts';
import { synthesizeAll } from './test/synthesize-all.ts';
import { lintTemplates } from './test/templates.ts';

interface Suite {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
  /** Comparisons that take long and prove nothing of the product: run when they are named. */
  readonly onlyByName?: true;
}

/** The same contract suites, against an application that was started with these flags. */
const againstApp = (projects: readonly string[], flags: readonly string[]) => async (): Promise<Outcome> => {
  const app = await startApp({ flags });
  try {
    return await runVitest(projects, { STACKYARD_URL: app.url, STACKYARD_API_KEY: app.apiKey });
  } finally {
    await app.stop();
    await app.forget();
  }
};

const suites: readonly Suite[] = [
  { name: 'check', run: () => runCommand('npm', ['run', '--silent', 'check']) },
  { name: 'synthesis', run: synthesizeAll },
  { name: 'templates', run: lintTemplates },
  { name: 'unit', run: () => runVitest(['unit']) },
  { name: 'backends', run: () => runVitest(['backends']) },
  { name: 'rules', run: () => runVitest(['rules']) },
  { name: 'infra', run: () => runVitest(['infra']) },
  { name: 'system', run: againstApp(['system', 'browser'], []) },
  { name: 'monitoring', run: againstApp(['monitoring'], []) },
  { name: 'tracing', run: () => runVitest(['tracing']) },
  { name: 'system, one event per environment', run: againstApp(['system'], ['--events-per-environment', '1']) },
  { name: 'system, without Kafka', run: againstApp(['system'], ['--no-kafka']) },
  { name: 'emulators', run: emulatorPrograms },
  { name: 'system on LocalStack', run: againstEmulator('localstack') },
  { name: 'rules on LocalStack', run: rulesOnLocalStack, onlyByName: true },
  { name: 'system on MiniStack', run: againstEmulator('ministack'), onlyByName: true },
  { name: 'chaos', run: () => runVitest(['chaos']) },
];

async function main(wanted: readonly string[]): Promise<boolean> {
  const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    process.stdout.write(`There is no suite ${unknown.join(', ')}. Suites:\n${suites.map(({ name }) => `  ${name}\n`).join('')}`);
    return false;
  }
  const rows: [string, Outcome, number][] = [];
  for (const { name, run } of suites.filter(({ name, onlyByName }) => (wanted.length === 0 ? !onlyByName : wanted.includes(name)))) {
    process.stdout.write(`\n── ${name}\n`);
    const began = performance.now();
    const outcome = await run().catch((error: unknown): Outcome => {
      process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
      return { passed: 0, failed: 1 };
    });
    rows.push([name, outcome, (performance.now() - began) / 1000]);
  }
  process.stdout.write('\n');
  for (const [name, { passed, failed, leftOut }, seconds] of rows) {
    process.stdout.write(
      leftOut !== undefined
        ? `  ${name.padEnd(36)} left out: ${leftOut}\n`
        : `  ${name.padEnd(36)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(5)} s\n`,
    );
  }
  const total = (pick: (outcome: Outcome) => number) => rows.reduce((sum, [, outcome]) => sum + pick(outcome), 0);
  const failed = total((outcome) => outcome.failed);
  process.stdout.write(`\n${total((outcome) => outcome.passed)} passed, ${failed} failed\n`);
  return failed === 0 && rows.length > 0;
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
