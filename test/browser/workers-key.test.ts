// The page `/workers` where a stage tells of its workers to holders of the API key only.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const report = { queues: [], tasks: [], problems: [], observedAt: new Date().toISOString() };

/** Answers as API Gateway does for a route that needs the key. Gives the keys that came, undefined for none. */
async function guarded(page: Page, taken = () => 'right'): Promise<(string | undefined)[]> {
  const keys: (string | undefined)[] = [];
  await page.route('**/api/workers', (route) => {
    const key = route.request().headers()['x-api-key'];
    keys.push(key);
    return key === taken() ? route.fulfill({ json: report }) : route.fulfill({ status: 403, json: { message: 'Forbidden' } });
  });
  return keys;
}
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

describe.each(['light', 'dark'] as const)('in the %s scheme', (colorScheme) => {
  test('the page asks for the key in a form that fits a phone and is accessible, also after a refusal', async () => {
    await using visit = await visitor(browser, { colorScheme, viewport: { width: 360, height: 740 } });
    const { page } = visit;
    await guarded(page);
    await page.goto('/workers');
    await heading(page, 'The workers are behind the API key');
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The server does not take this key.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});

test('with keys alone: a wrong key is said to be wrong, the right one opens the page', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const keys = await guarded(page);
  await page.goto('/workers');
  await heading(page, 'The workers are behind the API key');
  // The field has the focus.
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The server does not take this key.').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('right');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await heading(page, 'Nothing is waiting');
  expect(await page.getByLabel('API key').count()).toBe(0);
  // Until it has a key, the page asks once and not every two seconds.
  expect(keys.slice(0, 3)).toEqual([undefined, 'wrong', 'right']);
});

test('the key is known until the tab is closed, and asked for again once it is not taken any more', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  let current = 'right';
  await guarded(page, () => current);
  await page.goto('/workers');
  await page.getByLabel('API key').fill('right');
  await page.getByRole('button', { name: 'Show the workers' }).click();
  await heading(page, 'Nothing is waiting');
  await page.reload();
  await heading(page, 'Nothing is waiting');
  current = 'changed';
  await heading(page, 'The workers are behind the API key');
  await page.getByText('The server does not take this key.').waitFor();
  await page.reload();
  await heading(page, 'The workers are behind the API key');
  expect(await page.getByText('The server does not take this key.').count()).toBe(0);
});

test('the key of the page is the key of its buttons', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const queue = { name: 'mail', kind: 'queue', description: 'Mail', waiting: 0, inFlight: 0, oldestAgeSeconds: 0, consumers: ['mailer'] };
  const counts = { processedPerSecond: 0, failures: 0, deadLetters: 1 };
  await guarded(page);
  await page.route('**/api/workers', (route) =>
    route.request().headers()['x-api-key'] === 'right'
      ? route.fulfill({ json: { ...report, queues: [{ ...queue, ...counts }] } })
      : route.fallback(),
  );
  await page.route('**/api/workers/mail/replay', (route) => {
    const isTaken = route.request().headers()['x-api-key'] === 'right';
    return isTaken ? route.fulfill({ json: { queue: 'mail', moved: 1, left: 0 } }) : route.fulfill({ status: 403, json: {} });
  });
  await page.goto('/workers');
  await page.getByLabel('API key').fill('right');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Replay dead letters of mail' }).click();
  await page.getByText('1 moved back', { exact: true }).waitFor();
});
