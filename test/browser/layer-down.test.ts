// A layer goes down while somebody watches: the light changes, and changes back. Has an application of its own, whose servers it may stop.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HostedApp, startApp } from '../support/hosted-app.ts';
import { launch, visitor } from './browser.ts';

let app: HostedApp;
let browser: Awaited<ReturnType<typeof launch>>;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ flags: ['--no-kafka'] }), launch()]);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await app?.forget();
});

test('a cache that hangs is shown as down within seconds, and as up when it answers again', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const cache = page.getByRole('listitem', { name: 'Cache', exact: true });
  await page.goto(`${app.url}/lazaros`);
  await heading('All three layers are up').waitFor();

  process.kill(app.backendPid('redis'), 'SIGSTOP');

  await heading('Cache is down').waitFor();
  await cache.getByText('Down', { exact: true }).waitFor();
  expect(await page.title()).toContain('Cache is down');

  process.kill(app.backendPid('redis'), 'SIGCONT');

  await heading('All three layers are up').waitFor();
  await cache.getByText('Up', { exact: true }).waitFor();
});
