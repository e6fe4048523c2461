// Writes docs/targets.md. With a target and vitest's JSON reports of whole suites against it, keeps what these came to first:
// node scripts/docs/targets.ts [<target> <report.json> …]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { versions } from '../../bench/machine.ts';
import { targetsDocument } from './targets-document.ts';
import { readSummary, readTargets, summaryFile, type TargetName, targetNames } from './targets-read.ts';
import { countsOf, SUITES, type SuiteName, type VitestReport } from './targets-summary.ts';

const root = join(import.meta.dirname, '../..');

const [target, ...reports] = process.argv.slice(2);
if (target !== undefined) {
  if (!(targetNames as string[]).includes(target)) throw new Error(`Targets are ${targetNames.join(', ')}`);
  record(
    target as TargetName,
    reports.map((report) => JSON.parse(readFileSync(report, 'utf8')) as VitestReport),
  );
}
writeFileSync(join(root, 'docs/targets.md'), targetsDocument(await readTargets()));

/** Of a file in several reports the last one counts: it was run again. A suite counts as a whole: last month's files say nothing beside today's. */
function record(name: TargetName, runs: readonly VitestReport[]): void {
  const results = new Map(runs.flatMap(({ testResults }) => testResults).map((result) => [result.name, result]));
  const bySuite = Map.groupBy(results.values(), ({ name: path }) => basename(dirname(path)));
  const recorded = [...bySuite].map(([suite, testResults]) => {
    if (!(SUITES as readonly string[]).includes(suite)) throw new Error(`${suite} is none of ${SUITES.join(', ')}`);
    const files = countsOf({ testResults });
    const missing = readdirSync(join(root, 'test', suite)).filter((file) => file.endsWith('.test.ts') && !(file in files));
    if (missing.length > 0) throw new Error(`Only a run of the whole suite is recorded; of test/${suite} these are missing: ${missing}`);
    return [suite as SuiteName, { date: new Date().toISOString().slice(0, 10), versions: versions(), files }] as const;
  });
  const file = summaryFile(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...readSummary(name), ...Object.fromEntries(recorded) }, null, 2)}\n`);
}
