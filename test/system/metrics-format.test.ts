// `GET /metrics` as Prometheus sees it: promtool finds nothing to say, buckets hold all below them.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { findExecutable } from '../../local/backends/executables.mjs';
import { type Labels, type Sample, total } from '../support/exposition.ts';
import { send } from './application.ts';
import { scrape } from './scrape.ts';
import { checkout, purchase } from './shop-client.ts';

beforeAll(async () => {
  for (const path of ['/status', '/endpoint/', '/api/workers', '/api/nothing']) await send(path);
  await checkout((await purchase({ credit: 100, stock: 5 })).orderId);
});

/** The exit code, and what it said. */
async function promtool(exposition: string): Promise<{ code: number; said: string }> {
  const program = findExecutable(['promtool']);
  if (!program)
    throw new Error(
      "This needs promtool, which Debian's package prometheus has: apt-get install prometheus. npm test installs it as root.",
    );
  const child = spawn(program, ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number>((resolve, reject) => child.on('error', reject).on('close', resolve));
  child.stdin.end(exposition);
  const [said, more, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, said: said + more };
}

describe('promtool', () => {
  test('has nothing to say against a scrape', async () => {
    const exposition = await (await send('/metrics')).text();
    expect(exposition).toContain('# TYPE http_request_total counter\n');
    expect(await promtool(exposition)).toEqual({ code: 0, said: '' });
  });

  test('would say so', async () => {
    expect(await promtool('# TYPE cats counter\ncats 1\n')).toMatchObject({ said: expect.stringContaining('cats') });
    expect((await promtool('cats{ 1\n')).code).not.toBe(0);
  });
});

describe('the histogram', () => {
  let samples: Sample[];
  beforeAll(async () => {
    samples = await scrape();
  });
  const name = 'http_request_duration_seconds';
  const isOf =
    (labels: Labels) =>
    ({ labels: its }: Sample) =>
      Object.entries(labels).every(([label, text]) => its[label] === text);

  test('has for every counted series all buckets, each holding all below it', () => {
    const all = samples.filter((sample) => sample.name === 'http_request_total');
    expect(all.length).toBeGreaterThan(5);
    for (const { labels, value } of all) {
      const buckets = samples.filter((sample) => sample.name === `${name}_bucket` && isOf(labels)(sample));
      const bounds = buckets.map(({ labels: { le } }) => (le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)));
      const values = buckets.map((bucket) => bucket.value);

      expect(bounds).toEqual([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY]);
      expect(values).toEqual([...values].sort((one, other) => one - other));
      expect([values.at(-1), total(samples, `${name}_count`, labels)]).toEqual([value, value]);
    }
  });

  test('has sums that its buckets allow', () => {
    for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_sum`)) {
      let [below, least, most, before] = [0, 0, 0, 0];
      for (const bucket of samples.filter((sample) => sample.name === `${name}_bucket` && isOf(labels)(sample))) {
        const bound = bucket.labels.le === '+Inf' ? 3_600 : Number(bucket.labels.le);
        least += below * (bucket.value - before);
        most += bound * (bucket.value - before);
        [below, before] = [bound, bucket.value];
      }
      // What is added up in whole microseconds may be half of one off for each.
      expect(value, JSON.stringify(labels)).toBeGreaterThanOrEqual(least - before / 1e6);
      expect(value, JSON.stringify(labels)).toBeLessThanOrEqual(most + before / 1e6);
    }
  });
});

test('names each metric and series once', async () => {
  const exposition = await (await send('/metrics')).text();
  const lines = exposition.trimEnd().split('\n');
  const names = lines.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
  const keys = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));

  expect(new Set(names).size).toBe(names.length);
  expect(new Set(keys).size).toBe(keys.length);
});
