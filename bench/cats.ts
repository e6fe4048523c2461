// Breeds from the cache, beside constants: one of the same size behind a bare REST API of the host, and /healthz behind the same doors. They take
// turns in one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from './app.ts';
import { rate } from './client.ts';
import { publish } from './results.ts';
import { serve } from './servers/serve.ts';
import { median, perSecond, verdict } from './statistics.ts';

const ROUNDS = 9;
const SECONDS = 3;
const CLIENTS = 16;
const GOAL = 0.6;
const FIRST_RUN_MS = 120_000;

interface Way {
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly rates: number[];
  readonly stop: () => Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'stackyard-cats-'));
const app = await startApp(folder, ['--no-kafka']);
try {
  const names = JSON.parse(await published(`${app.url}/api/v1/breeds/`)) as { id: string }[];
  const pairs = await Promise.all([pair('all breeds', '/api/v1/breeds/'), pair('one breed', `/api/v1/breeds/${names[0]?.id}`)]);
  const healthz: Way = {
    name: 'the constant `/healthz` of the same application',
    url: `${app.url}/healthz`,
    bytes: 2,
    rates: [],
    stop: async () => undefined,
  };
  const ways = [...pairs.flat(), healthz];
  try {
    for (const { url } of ways) await rate(url, CLIENTS, SECONDS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { url, rates } of ways) rates.push(await rate(url, CLIENTS, SECONDS));
    }
  } finally {
    await Promise.all(ways.map(({ stop }) => stop()));
  }
  publish('cats', {
    title: 'Breeds from the cache',
    method: `\`node bench/cats.ts\`. GET of the list of ${names.length} breeds and of one breed with its pictures, from Redis, of \`npm start -- --no-kafka\`; beside each a function that answers a constant of as many bytes, behind nothing but a REST API, through a host of its own; and \`/healthz\`, a constant behind the application's own doors (CloudFront's behaviours, REST API, middleware, counting). ${CLIENTS} clients (wrk, one thread) for ${SECONDS} s on the cores of what they measure; all take turns, after a round each to warm up; figures are medians of ${ROUNDS} rounds, ratios medians of the rounds' own. Every answer was a success.`,
    columns: ['way', 'bytes', 'rate', 'slowest and fastest round'],
    rows: ways.map(({ name, bytes, rates }) => [
      name,
      String(bytes),
      perSecond(median(rates)),
      `${perSecond(Math.min(...rates))}, ${perSecond(Math.max(...rates))}`,
    ]),
    findings: pairs.map(([cats, constant]) => {
      const bare = ratioOf(cats, constant);
      return `${cats.name}: ${bare.toFixed(2)} x a constant, ${verdict(`≥ ${GOAL}`, bare >= GOAL)}; ${ratioOf(cats, healthz).toFixed(2)} x \`/healthz\`.`;
    }),
  });
} finally {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Median of the rounds' own: what the machine does meanwhile meets both. */
function ratioOf(cats: Way, other: Way): number {
  return median(cats.rates.map((rate, round) => rate / (other.rates[round] as number)));
}

async function pair(name: string, path: string): Promise<readonly [Way, Way]> {
  const url = `${app.url}${path}`;
  const bytes = Buffer.byteLength(await published(url));
  const constant = await serve('hosted-body.ts', String(bytes));
  return [
    { name, url, bytes, rates: [], stop: async () => undefined },
    { name: `a constant beside ${name}`, url: constant.url, bytes, rates: [], stop: () => constant.stop() },
  ];
}

/** The answer's text, once the first run of the synchroniser has published. */
async function published(url: string): Promise<string> {
  for (const deadline = performance.now() + FIRST_RUN_MS; performance.now() < deadline; ) {
    const response = await fetch(url);
    if (response.ok) return response.text();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`${url} has nothing published after ${FIRST_RUN_MS / 1000} s`);
}
