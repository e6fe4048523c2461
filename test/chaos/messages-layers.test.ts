// Without the cache lists are as right and as quick; without the database messages are taken, and stored in their order when it is back.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { isAlive, signalled } from '../support/processes.ts';

const LIMIT_MS = 1_000;
const OUTAGE_MS = 5_000;
/** A killed server is started again after 1 s, then after 2 s, 4 s …, and recovers. */
const BACK_WITHIN_MS = 60_000;

let app: HostedApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await app?.stop();
  await app?.forget();
});

async function asked(path: string, init: RequestInit = {}): Promise<{ status: number; body: { message: unknown }; took: number }> {
  const began = performance.now();
  const answer = await fetch(`${app.url}/endpoint/${path}`, init);
  const body = (await answer.json()) as { message: unknown };
  return { status: answer.status, body, took: performance.now() - began };
}
const list = (channel: string) => asked(`?channel=${channel}`);
const post = (n: number, channel: string) => asked(`?channel=${channel}`, { method: 'POST', body: `[${n}]` });
const messagesOf = ({ body }: Awaited<ReturnType<typeof list>>) => (body.message as [number, [number]][]).map(([, [n]]) => n);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** True once the channel holds exactly this many messages, in the order in which they were sent. */
const holds = (channel: string, count: number, withinMs?: number) =>
  eventually(async () => {
    const answer = await list(channel);
    expect(answer.status).toBe(200);
    expect(messagesOf(answer)).toEqual(upTo(count));
    return true;
  }, withinMs);

describe.each<[string, (pid: number) => void, (pid: number) => void]>([
  ['hangs', (pid) => signalled(pid, 'SIGSTOP'), (pid) => signalled(pid, 'SIGCONT')],
  ['is killed', (pid) => signalled(pid, 'SIGKILL'), () => undefined],
])('while Redis %s', (_, strike, heal) => {
  it('lists are right and given within a second, and so they are when it is back', async () => {
    const channel = randomUUID();
    for (const n of upTo(5)) await post(n, channel);
    await holds(channel, 5);
    const pid = app.backendPid('redis');
    strike(pid);
    try {
      for (const n of upTo(20).slice(5)) {
        expect((await post(n, channel)).status).toBe(200);
        await holds(channel, n);
        // Read again: from the cache, if there were one.
        for (const answer of await Promise.all([list(channel), list(channel), list(channel), asked('?limit=1')])) {
          expect(answer.status).toBe(200);
          expect(answer.took).toBeLessThan(LIMIT_MS);
        }
      }
    } finally {
      heal(pid);
    }
    expect((await post(21, channel)).status).toBe(200);
    await holds(channel, 21);
  });
});

it('while MySQL is away every message is taken, a list is a clear failure, and all are stored in their order when it is back', async () => {
  const channel = randomUUID();
  let sent = 0;
  const failures: object[] = [];
  const end = performance.now() + OUTAGE_MS;
  while (performance.now() < end) {
    const pid = app.backendPid('mariadb');
    if (isAlive(pid)) signalled(pid, 'SIGKILL');
    expect(await post(sent + 1, channel)).toMatchObject({ status: 200, body: { status: 'Success', message: [sent + 1] } });
    sent += 1;
    const { status, body } = await list(channel);
    if (status !== 200) failures.push({ status, body });
  }

  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures)
    expect(failure).toEqual({ status: expect.toBeOneOf([500, 502, 503, 504]), body: { message: expect.any(String) } });
  await eventually(async () => (await list(channel)).status === 200, BACK_WITHIN_MS);
  await holds(channel, sent, BACK_WITHIN_MS);
  expect((await post(sent + 1, channel)).status).toBe(200);
  await holds(channel, sent + 1);
});
