// How long a person waits for `npm start` once everything is in place.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app.ts';
import { publish } from './results.ts';
import { median, seconds, verdict } from './statistics.ts';

const RUNS = 5;

const variants = [
  { name: 'without Kafka', flags: ['--no-kafka'], goal: 6, times: [] as number[], stops: [] as number[] },
  { name: 'with Kafka', flags: [], goal: 8, times: [] as number[], stops: [] as number[] },
];

const folder = mkdtempSync(join(tmpdir(), 'stackyard-start-'));
try {
  // The first run of each prepares: it synthesizes where needed, makes the data folders and applies the migrations.
  for (let run = 0; run <= RUNS; run++) {
    for (const { name, flags, times, stops } of variants) {
      const app = await startApp(join(folder, name.replaceAll(' ', '-')), flags);
      const stop = await app.stop();
      if (run === 0) continue;
      times.push(app.startSeconds);
      stops.push(stop);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

publish('start', {
  title: 'npm start',
  method: `\`node bench/start.ts\`. From the command \`node bin/start.mjs\` to \`ready\`, and from SIGTERM to the end of all processes; one run to prepare, then ${RUNS} of each kind on the same data, in turns.`,
  columns: ['start', 'median', 'slowest', 'stop, median'],
  rows: variants.map(({ name, times, stops }) => [name, seconds(median(times)), seconds(Math.max(...times)), seconds(median(stops))]),
  findings: variants.map(({ name, goal, times }) => `${name} ${seconds(median(times))}, ${verdict(`< ${goal} s`, median(times) < goal)}.`),
});
