// While layers are away requests are answered as ever and scrapes too; what was counted meanwhile is there afterwards, exactly.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { requestCount, type Sample, samplesOf, total } from '../support/exposition.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { signalled } from '../support/processes.ts';

const LIMIT_MS = 1_000;
const SCRAPE_LIMIT_MS = 4_000;
const REQUESTS = 80;
/** A killed server is started again after 1 s, then after 2 s, 4 s …, and recovers. */
const BACK_WITHIN_MS = 60_000;
const COLLECTORS = ['requests', 'pictures', 'orders', 'cats', 'workers'];

let app: HostedApp;
beforeAll(async () => {
  app = await startApp({ flags: ['--no-kafka'] });
});
afterAll(async () => {
  await app?.stop();
  await app?.forget();
});

async function timed(path: string): Promise<{ answer: Response; took: number }> {
  const began = performance.now();
  const answer = await fetch(`${app.url}${path}`);
  return { answer, took: performance.now() - began };
}
async function scrape(): Promise<Sample[]> {
  const { answer, took } = await timed('/metrics');
  expect(answer.status).toBe(200);
  expect(took).toBeLessThan(SCRAPE_LIMIT_MS);
  return samplesOf(await answer.text());
}
const down = (samples: Sample[]) => COLLECTORS.filter((collector) => total(samples, 'stackyard_collector_up', { collector }) === 0);

/** Looks for what is not there; how often since Redis began is known. */
const series = { service: 'stock', method: 'GET', route: '/stock/find/{item_id}', status: '400' };
let finds = 0;
async function find(): Promise<void> {
  finds += 1;
  const { answer, took } = await timed('/stock/find/nothing');
  expect(answer.status).toBe(400);
  expect(took).toBeLessThan(LIMIT_MS);
}
const allAreCounted = () =>
  eventually(async () => {
    expect(requestCount(await scrape(), series)).toEqual({ requests: finds, inBuckets: finds, count: finds });
    return true;
  }, BACK_WITHIN_MS);

describe.each<[string, NodeJS.Signals, (pid: number) => void, boolean]>([
  ['hangs', 'SIGSTOP', (pid) => signalled(pid, 'SIGCONT'), true],
  ['is killed', 'SIGKILL', () => undefined, false],
])('while Redis %s', (_, signal, heal, keeps) => {
  it('every request is answered in time, and counted once it is back', async () => {
    await find();
    await allAreCounted();
    const pid = app.backendPid('redis');
    signalled(pid, signal);
    // What lay in a Redis that was killed is gone; what comes from now on is not.
    if (!keeps) finds = 0;
    try {
      expect(down(await scrape())).toContain('requests');
      for (let n = 0; n < REQUESTS; n++) await find();
    } finally {
      heal(pid);
    }
    await allAreCounted();
    await find();
    await allAreCounted();
  });
});

it('while MySQL hangs a scrape has what the others tell, and all of it afterwards', async () => {
  const pid = app.backendPid('mariadb');
  signalled(pid, 'SIGSTOP');
  try {
    await eventually(async () => {
      expect(down(await scrape())).toEqual(['pictures', 'orders', 'cats']);
      return true;
    });
  } finally {
    signalled(pid, 'SIGCONT');
  }
  await eventually(async () => {
    expect(down(await scrape())).toEqual([]);
    return true;
  }, BACK_WITHIN_MS);
});
