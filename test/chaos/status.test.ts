// Whatever hangs or dies behind it, the status is given within a second, is right within a moment, and recovers by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Backend, type HostedApp, startApp } from '../support/hosted-app.ts';
import { isAlive, signalled } from '../support/processes.ts';

const LIMIT_MS = 1_000;
/** A killed server is started again after 1 s, then after 2 s, 4 s …, and Kafka needs some more. */
const BACK_WITHIN_MS = 60_000;

const layers: Readonly<Record<Backend, 'Database' | 'Cache' | 'Messaging'>> = { mariadb: 'Database', redis: 'Cache', kafka: 'Messaging' };
const backends = Object.keys(layers) as Backend[];
const allUp = { Database: true, Cache: true, Messaging: true };
const down = (...of: Backend[]) => ({ ...allUp, ...Object.fromEntries(of.map((backend) => [layers[backend], false])) });

describe.each([16, 1])('with %i events per environment', (events) => {
  let app: HostedApp;
  let slowest = 0;

  beforeAll(async () => {
    app = await startApp({ flags: ['--events-per-environment', String(events)] });
    await eventually(async () => expect(await status()).toEqual(allUp));
    // A cold environment has its own start on top of the answer, here as on AWS; probes of a running system meet warm ones.
    await storm();
  });

  afterAll(async () => {
    await app?.stop();
    await app?.forget();
  });

  async function timed(path: string): Promise<Response> {
    const began = performance.now();
    const response = await fetch(app.url + path);
    await response.clone().arrayBuffer();
    slowest = Math.max(slowest, performance.now() - began);
    return response;
  }

  const status = async () => (await timed('/status')).json();
  /** With one event per environment most probes of a storm would wait for an environment to start, here as on AWS: there it is one probe. */
  const storm = () => Promise.all(Array.from({ length: events === 1 ? 1 : 100 }, status));
  /** Every answer on the way counts, the first one after a fault too. */
  const becomes = (expected: object, withinMs?: number) =>
    eventually(async () => (JSON.stringify(await status()) === JSON.stringify(expected) ? true : undefined), withinMs);
  const hang = (...of: Backend[]) => of.map((backend) => signalled(app.backendPid(backend), 'SIGSTOP'));
  const wake = (...of: Backend[]) => of.map((backend) => signalled(app.backendPid(backend), 'SIGCONT'));

  async function inTime(faults: () => Promise<void>): Promise<void> {
    slowest = 0;
    await faults();
    expect(slowest).toBeLessThan(LIMIT_MS);
  }

  it.each(backends)('sees %s hang and go on', async (backend) => {
    await inTime(async () => {
      hang(backend);
      await becomes(down(backend), 5_000);
      wake(backend);
      await becomes(allUp, 10_000);
    });
  });

  it.each(backends)('sees %s killed and started again', async (backend) => {
    await inTime(async () => {
      // Redis is back sooner than a shared report gets old, so it is killed as often as it comes back until the status has shown it.
      await eventually(async () => {
        const pid = app.backendPid(backend);
        if (isAlive(pid)) signalled(pid, 'SIGKILL');
        return JSON.stringify(await status()) === JSON.stringify(down(backend));
      });
      await becomes(allUp, BACK_WITHIN_MS);
    });
  });

  it('tells that all three hang, to a storm of probes too, and says 503 until they go on', async () => {
    await inTime(async () => {
      hang(...backends);
      await becomes(down(...backends), 5_000);
      expect((await timed('/status/ready')).status).toBe(503);
      for (let round = 0; round < 3; round += 1) {
        const answers = await storm();
        expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(down(...backends))]));
      }
      wake(...backends);
      await becomes(allUp, 10_000);
      expect((await timed('/status/ready')).status).toBe(200);
    });
  });
});
