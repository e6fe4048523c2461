// What the host holds in memory when nothing happens; its backends are processes of their own and not counted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, startApp } from './app.ts';
import { publish } from './results.ts';
import { verdict } from './statistics.ts';

const IDLE_SECONDS = 10;
const GOAL_MB = 250;

const megabytes = (kilobytes: number): string => `${(kilobytes / 1024).toFixed(0)} MB`;

interface Usage {
  readonly rss: number;
  /** As RSS, with what processes share divided among them. */
  readonly pss: number;
  /** The most that it ever was. */
  readonly peak: number;
  readonly threads: number;
}

function usageOf(pid: number): Usage {
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
  const field = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  const status = read('status');
  return {
    rss: field(status, 'VmRSS'),
    pss: field(read('smaps_rollup'), 'Pss'),
    peak: field(status, 'VmHWM'),
    threads: field(status, 'Threads'),
  };
}

async function measure(app: App): Promise<{ host: Usage; launcher: Usage }> {
  await pause(IDLE_SECONDS * 1000);
  const usage = { host: usageOf(app.pid), launcher: usageOf(app.launcherPid) };
  await app.stop();
  return usage;
}

const folder = mkdtempSync(join(tmpdir(), 'stackyard-memory-'));
try {
  const rows: [string, Usage][] = [];
  for (const [name, flags] of [
    ['with Kafka', []],
    ['without Kafka', ['--no-kafka']],
  ] as const) {
    const data = join(folder, name.replaceAll(' ', '-'));
    // The first start synthesizes and migrates, which a usual one does not.
    await (await startApp(data, flags)).stop();
    const { host, launcher } = await measure(await startApp(data, flags));
    rows.push([`host, ${name}`, host], [`launcher, ${name}`, launcher]);
  }
  const [[, host] = ['', undefined]] = rows;
  publish('memory', {
    title: 'Idle memory',
    method: `\`node bench/memory.ts\`. /proc of the host's process ${IDLE_SECONDS} s after \`ready\`, all environments warm, nothing asked of it; the second start on its data. The launcher is bin/start.mjs, which waits for the host to end.`,
    columns: ['process', 'RSS', 'PSS', 'most ever', 'threads'],
    rows: rows.map(([name, { rss, pss, peak, threads }]) => [name, megabytes(rss), megabytes(pss), megabytes(peak), String(threads)]),
    findings: [`Host ${megabytes(host?.rss ?? 0)}, ${verdict(`< ${GOAL_MB} MB`, (host?.rss ?? 0) < GOAL_MB * 1024)}.`],
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
