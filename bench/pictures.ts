// Pictures end to end, against sharp alone over the same files: what the way through S3, MySQL, Kafka and Lambda costs.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApp } from './app.ts';
import { orders, send } from './pictures/clients.ts';
import { makePhotos } from './pictures/photos.ts';
import { publish } from './results.ts';
import { median, milliseconds, percentile, perSecond, verdict } from './statistics.ts';

const PHOTOS = 300;
const WARM_UP = 60;
const CLIENTS = 8;
const ROUNDS = 2;
const GOAL = 0.8;
const threads = availableParallelism();

const folder = mkdtempSync(join(tmpdir(), 'stackyard-pictures-'));
try {
  const photos = join(folder, 'photos');
  const bodies = await orders(await makePhotos(photos, PHOTOS));
  const megabytes = bodies.reduce((sum, { length }) => sum + length, 0) / PHOTOS / 1e6;
  const bare: number[] = [];
  const hosted: number[] = [];
  const latencies: number[] = [];
  const app = await startApp(join(folder, 'data'), process.argv.slice(2));
  try {
    await send(app.url, bodies.slice(0, WARM_UP), CLIENTS);
    for (let round = 0; round < ROUNDS; round++) {
      bare.push(PHOTOS / (await bareSeconds(photos)));
      const run = await send(app.url, bodies, CLIENTS);
      hosted.push(PHOTOS / run.seconds);
      latencies.push(...run.latencies);
    }
  } finally {
    await app.stop();
  }
  const ratio = sum(hosted) / sum(bare);
  publish('pictures', {
    title: 'Pictures end to end',
    method: `\`node bench/pictures.ts\`. ${PHOTOS} JPEG photos of 1600x1200 (${megabytes.toFixed(2)} MB as JSON each) to PNG of 400x300. Application: ${CLIENTS} clients in a closed loop, from POST until GET gives the result; they share the cores with it, with MariaDB and with Kafka. Bare: sharp in a process of its own over the same files, disk to disk, ${threads} at a time, while the application idles. In turns, ${ROUNDS} rounds each, after a warm-up.`,
    columns: ['way', ...bare.map((_, i) => `round ${i + 1}`), 'POST to done, p50', 'p99'],
    rows: [
      ['bare sharp', ...bare.map(perSecond), '', ''],
      ['application', ...hosted.map(perSecond), milliseconds(median(latencies)), milliseconds(percentile(latencies, 0.99))],
    ],
    findings: [`${ratio.toFixed(2)} of bare sharp, ${verdict(`≥ ${GOAL}`, ratio >= GOAL)}.`],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bareSeconds(photos: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'pictures/bare.ts'), photos, String(threads)]);
  return Number(stdout);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
