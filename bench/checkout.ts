// Checkouts: the container version, the application and the bare statements take turns in one run.
// With --profile, where the application's time goes instead. --events-per-environment N: of the application that is no strict one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { report } from './checkout/report.ts';
import { onApplication, ways } from './checkout/ways.ts';
import { inProfile } from './profile/profiled.ts';
import { publish } from './results.ts';

/** V8 has compiled what a checkout runs through after some thousands of them; these rounds do not count. */
const WARM_UPS = 2;

const { values } = parseArgs({
  options: {
    'events-per-environment': { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '6' },
    profile: { type: 'boolean', default: false },
  },
});
const eventsPerEnvironment = Number(values['events-per-environment']);
const plan = { rounds: Number(values.rounds), seconds: Number(values.seconds) };

const folder = mkdtempSync(join(tmpdir(), 'stackyard-checkout-'));
try {
  if (values.profile) await inProfile('checkout', plan.seconds, () => onApplication(join(folder, 'application'), eventsPerEnvironment));
  else await compare();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(): Promise<void> {
  const all = await ways(folder, eventsPerEnvironment);
  const turns = [all.baseline, all.shared, all.strict, all.bare];
  try {
    for (let round = -WARM_UPS; round < plan.rounds; round++) {
      for (const way of turns) {
        const figures = await way.run(plan.seconds);
        if (round >= 0) way.rounds.push(figures);
      }
    }
    publish('checkout', await report(all, plan));
  } finally {
    await all.stop();
  }
}
