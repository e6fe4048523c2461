// How long the three `batch_init` take for 100,000 rows: made, and then made again over themselves.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app.ts';
import { publish } from './results.ts';
import { seconds, verdict } from './statistics.ts';

const ROWS = 100_000;
const GOAL_SECONDS = 10;
const PATHS = {
  users: `/payment/batch_init/${ROWS}/1000`,
  items: `/stock/batch_init/${ROWS}/1000/5`,
  orders: `/orders/batch_init/${ROWS}/${ROWS}/${ROWS}/5`,
};

const folder = mkdtempSync(join(tmpdir(), 'stackyard-batch-init-'));
try {
  const app = await startApp(join(folder, 'data'), ['--no-kafka']);
  try {
    const made = await times(app.url);
    const reset = await times(app.url);
    const slowest = Math.max(...Object.values(made), ...Object.values(reset));
    publish('batch-init', {
      title: 'Batch init',
      method: `\`node bench/batch-init.ts\`. One request each for ${ROWS} rows on empty tables, then the same again as a reset; \`npm start -- --no-kafka\`.`,
      columns: ['rows', 'made', 'reset'],
      rows: (Object.keys(PATHS) as (keyof typeof PATHS)[]).map((name) => [`${ROWS} ${name}`, seconds(made[name]), seconds(reset[name])]),
      findings: [`Slowest ${seconds(slowest)}, ${verdict(`< ${GOAL_SECONDS} s`, slowest < GOAL_SECONDS)}.`],
    });
  } finally {
    await app.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function times(url: string): Promise<Record<keyof typeof PATHS, number>> {
  const taken = { users: 0, items: 0, orders: 0 };
  for (const [name, path] of Object.entries(PATHS) as [keyof typeof PATHS, string][]) {
    const began = performance.now();
    const response = await fetch(url + path, { method: 'POST' });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    taken[name] = (performance.now() - began) / 1000;
  }
  return taken;
}
