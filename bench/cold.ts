// What the first event of an environment waits for: a thread, the function's bundle loaded in it, the handler's answer.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localStage, synthesize } from '../local/app/synthesis.ts';
import { createLog } from '../local/log.ts';
import { start } from '../local/start.ts';
import { bundle } from './cold/bundle.ts';
import { publish } from './results.ts';
import { median, milliseconds, verdict } from './statistics.ts';
import { functionOf, hostTemplate } from './template.ts';

const FUNCTIONS = 20;
const APP_STARTS = 5;

const folder = mkdtempSync(join(tmpdir(), 'stackyard-cold-'));
const log = createLog('error');

/** First events of 20 functions, one after the other: `dataDir` may hold the compiled code of an earlier start. */
async function firstAnswers(dataDir: string): Promise<number[]> {
  const names = Array.from({ length: FUNCTIONS }, (_, i) => `Cold${i}`);
  const resources = Object.fromEntries(names.map((name, i) => [name, functionOf(bundle(i), { FunctionName: name })]));
  const running = await hostTemplate(resources, { dataDir, log });
  const times: number[] = [];
  for (const name of names) {
    const began = performance.now();
    const { functionError, payload } = await running.invoke(name, {});
    times.push(performance.now() - began);
    if (functionError) throw new Error(payload);
  }
  await running.stop();
  return times;
}

/** Initializing of the application's own functions; those that a deployment runs, or the host replaces, are left out. */
async function appInits(assembly: string, times: Map<string, number[]>): Promise<void> {
  const running = await start({ assembly, dataDir: join(folder, 'app'), toolsDir: join(import.meta.dirname, '../.stackyard/tools'), log });
  const serving = running.host.functions.all().filter(({ definition: { name, codeDir } }) => codeDir && !name.includes('-operations-'));
  for (const fn of serving) {
    const began = performance.now();
    await fn.warm();
    times.set(fn.definition.name, [...(times.get(fn.definition.name) ?? []), performance.now() - began]);
  }
  await running.stop();
}

try {
  const fresh = await firstAnswers(join(folder, 'generated'));
  const again = await firstAnswers(join(folder, 'generated'));
  const app = new Map<string, number[]>();
  const assembly = await synthesize({ ...localStage('kafka'), log });
  for (let i = 0; i <= APP_STARTS; i++) await appInits(assembly, app);

  publish('cold', {
    title: 'Cold environment',
    method: `\`node bench/cold.ts\`. ${FUNCTIONS} functions with generated bundles of 1 MB, each invoked for the first time, one after the other: from the invoke to the answer. Then the same after a restart of the host, which has kept the compiled code. Then the application's own functions: from the thread's start to its being ready, the first time and in ${APP_STARTS} later starts of the host.`,
    columns: ['environment', 'first time: p50', 'slowest', 'later: p50', 'slowest'],
    rows: [
      ['bundle of 1 MB', ...summary(fresh), ...summary(again)],
      ...[...app].map(([name, [first = 0, ...later]]) => [name, milliseconds(first), '', ...summary(later)]),
    ],
    findings: [
      `Bundle of 1 MB, first time, p50 ${milliseconds(median(fresh))}, ${verdict('< 150 ms', median(fresh) < 150)}.`,
      `The slowest of the application's own, later, p50 ${milliseconds(slowestOwn(app))}, ${verdict('< 150 ms', slowestOwn(app) < 150)}.`,
    ],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function summary(times: readonly number[]): [string, string] {
  return [milliseconds(median(times)), milliseconds(Math.max(...times))];
}

function slowestOwn(times: ReadonlyMap<string, readonly number[]>): number {
  return Math.max(...[...times.values()].map(([, ...later]) => median(later)));
}
