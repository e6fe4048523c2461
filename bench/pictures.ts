// Pictures end to end, against sharp alone over the same files: what the way through S3, MySQL, Kafka and Lambda costs.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApp } from './app.ts';
import { orders, send } from './pictures/clients.ts';
import { makePhotos } from './pictures/photos.ts';
import { processorMs } from './processor.ts';
import { publish } from './results.ts';
import { median, milliseconds, percentile, perSecond, verdict } from './statistics.ts';

const PHOTOS = 300;
const WARM_UP = 60;
const CLIENTS = 8;
const ROUNDS = 2;
const GOAL = 0.8;
const threads = availableParallelism();

interface Round {
  readonly seconds: number;
  readonly processorMs: number;
}

const folder = mkdtempSync(join(tmpdir(), 'stackyard-pictures-'));
try {
  const photos = join(folder, 'photos');
  const bodies = await orders(await makePhotos(photos, PHOTOS));
  const megabytes = bodies.reduce((sum, { length }) => sum + length, 0) / PHOTOS / 1e6;
  const bare: Round[] = [];
  const hosted: Round[] = [];
  const latencies: number[] = [];
  const app = await startApp(join(folder, 'data'), process.argv.slice(2));
  try {
    await send(app.url, bodies.slice(0, WARM_UP), CLIENTS);
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(await bareRound(photos));
      const usedBefore = processorMs(app.pid);
      const run = await send(app.url, bodies, CLIENTS);
      hosted.push({ seconds: run.seconds, processorMs: processorMs(app.pid) - usedBefore });
      latencies.push(...run.latencies);
    }
  } finally {
    await app.stop();
  }
  const ratio = total(bare, 'seconds') / total(hosted, 'seconds');
  const share = total(bare, 'processorMs') / total(hosted, 'processorMs');
  const cells = (rounds: readonly Round[]) => [
    ...rounds.map(({ seconds }) => perSecond(PHOTOS / seconds)),
    milliseconds(total(rounds, 'processorMs') / PHOTOS / ROUNDS),
  ];
  publish('pictures', {
    title: 'Pictures end to end',
    method: `\`node bench/pictures.ts\`. ${PHOTOS} JPEG photos of 1600x1200 (${megabytes.toFixed(2)} MB as JSON each) to PNG of 400x300. Application: ${CLIENTS} clients in a closed loop, from POST until GET gives the result; they share the cores with it, with MariaDB and with Kafka. Bare: sharp in a process of its own over the same files, disk to disk, ${threads} at a time, while the application idles. In turns, ${ROUNDS} rounds each, after a warm-up. Processor time is that of the host and its backends, without the clients.`,
    columns: ['way', ...bare.map((_, i) => `round ${i + 1}`), 'processor time a picture', 'POST to done, p50', 'p99'],
    rows: [
      ['bare sharp', ...cells(bare), '', ''],
      ['application', ...cells(hosted), milliseconds(median(latencies)), milliseconds(percentile(latencies, 0.99))],
    ],
    findings: [
      `${ratio.toFixed(2)} of bare sharp, ${verdict(`≥ ${GOAL}`, ratio >= GOAL)}.`,
      `Of the application's processor time, sharp alone would need ${share.toFixed(2)}: with all cores busy its rate cannot pass that share.`,
    ],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bareRound(photos: string): Promise<Round> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'pictures/bare.ts'), photos, String(threads)]);
  return JSON.parse(stdout) as Round;
}

function total(rounds: readonly Round[], field: keyof Round): number {
  return rounds.reduce((sum, round) => sum + round[field], 0);
}
