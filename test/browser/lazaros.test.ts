// The page `/lazaros`: the three layers' lights.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const layers = ['Database', 'Cache', 'Messaging'] as const;

test('all three layers show as up, each with its latency and a history in words', async () => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  await page.goto('/lazaros');
  await page.getByRole('heading', { level: 1, name: 'All three layers are up' }).waitFor();
  for (const layer of layers) {
    const row = page.getByRole('listitem', { name: layer, exact: true });
    await row.getByText('Up', { exact: true }).waitFor();
    await row
      .getByRole('definition')
      .first()
      .getByText(/^[\d.]+ ms$/)
      .waitFor();
    await row.getByRole('img', { name: /up in [2-9]\d* of/ }).waitFor();
  }
  expect(await page.title()).toBe('All three layers are up · Stackyard');
  expect(complaints).toEqual([]);
});

test('the history survives a reload of the page', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/lazaros');
  await page.getByRole('img', { name: /^Database .* of [3-9] looks/ }).waitFor();
  // The status hangs from here on, so what the page shows next can only be what it kept.
  await page.route('**/status**', () => {});
  await page.reload();
  await page.getByRole('img', { name: /^Database .*up in [3-9] of/ }).waitFor({ timeout: 5_000 });
});

test('the page says so when the status service itself gives no answer', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/lazaros');
  await page.getByRole('heading', { level: 1, name: 'All three layers are up' }).waitFor();
  const icon = await page.locator('link[rel=icon]').getAttribute('href');
  await page.route('**/status**', (route) => route.abort());
  await page.getByRole('heading', { level: 1, name: 'The status service cannot be reached' }).waitFor();
  await page.getByRole('alert').getByText('asks again each second').waitFor();
  expect(await page.title()).toBe('The status service cannot be reached · Stackyard');
  expect(await page.locator('link[rel=icon]').getAttribute('href')).not.toBe(icon);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.unroute('**/status**');
  await page.getByRole('heading', { level: 1, name: 'All three layers are up' }).waitFor();
});
