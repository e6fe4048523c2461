// One item looked up: the container version, the application and the bare statement take turns in one run.
// With --profile, where the application's time goes instead. --events-per-environment N: of the application that is no strict one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BASELINE } from './checkout/report.ts';
import { type Finder, finders, onApplication } from './find/finders.ts';
import { against, columns, row } from './load/table.ts';
import { CLIENTS } from './load/wrk.ts';
import { inProfile } from './profile/profiled.ts';
import { publish } from './results.ts';
import { ITEMS } from './systems/stocked.ts';

const { values } = parseArgs({
  options: {
    'events-per-environment': { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    profile: { type: 'boolean', default: false },
  },
});
const eventsPerEnvironment = Number(values['events-per-environment']);
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

const folder = mkdtempSync(join(tmpdir(), 'stackyard-find-'));
try {
  if (values.profile) await inProfile('find', seconds, () => onApplication(join(folder, 'application'), eventsPerEnvironment));
  else await compare();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  const { baseline, shared, strict, bare, stop } = await finders(folder, eventsPerEnvironment);
  const turns: Finder[] = [baseline, shared, strict, bare];
  try {
    for (const { run } of turns) await run(seconds);
    for (let round = 0; round < rounds; round++) {
      for (const finder of turns) finder.rounds.push(await finder.run(seconds));
    }
  } finally {
    await stop();
  }
  publish('find', {
    title: 'Finds',
    method: `\`node bench/find.ts\`. GET /stock/find/{id} of random items of ${ITEMS}. ${CLIENTS} clients (wrk, one thread) for ${seconds} s on the cores of what they measure; all ways take turns, after a round each to warm up; figures are medians of ${rounds} rounds. ${BASELINE} Application: \`npm start -- --no-kafka\`. Bare: the same statement, ${CLIENTS} at once through mysql2, in a process of its own against the application's server. Every answer was a success, else there would be no figures.`,
    columns: columns('find'),
    rows: turns.map(row),
    findings: [against(shared, baseline, 4), against(shared, bare, 0.6)],
  });
}
