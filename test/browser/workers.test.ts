// The page `/workers`: queues with their numbers, recent tasks, and the way back for dead letters.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { picture } from '../support/pictures.ts';
import { accessibilityFaults, launch, site, visitor } from './browser.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const queue = {
  name: 'mail',
  kind: 'queue',
  description: 'Mail to be sent',
  waiting: 1234,
  inFlight: 10,
  oldestAgeSeconds: 300,
  processedPerSecond: 12.34,
  failures: 3,
  deadLetters: 2,
  consumers: ['mail-consumer'],
};
const task = (n: number, failed = false) => ({
  id: `task-${n}`,
  queue: 'mail',
  function: 'mail-consumer',
  startedAt: new Date(1_800_000_000_000 - n * 1000).toISOString(),
  durationMs: 12.3,
  outcome: failed ? 'failed' : 'done',
  error: failed ? 'Error: the server is away' : null,
  requestId: `request-${n}`,
});
const report = (more: object = {}) => ({
  queues: [queue],
  tasks: Array.from({ length: 30 }, (_, n) => task(n, n === 1)),
  problems: [],
  observedAt: new Date().toISOString(),
  ...more,
});

/** Answers what `current` gives at the moment. */
const answers = (page: Page, current: () => object) => page.route('**/api/workers', (route) => route.fulfill({ json: current() }));
const row = (page: Page, name = 'mail') => page.getByRole('listitem', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

test('the real queues are there, and a picture that is sent appears among the tasks', async () => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  await page.goto('/workers');
  await row(page, 'picture-jobs').waitFor();
  const requestId = `page-${Date.now()}`;
  const body = JSON.stringify({ image: (await picture(40, 30)).toString('base64'), width: 20, height: 10 });
  await fetch(`${site}/api/`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-request-id': requestId }, body });
  const id = await eventually(async () => {
    const { tasks } = (await (await fetch(`${site}/api/workers`)).json()) as { tasks: { id: string; requestId: string }[] };
    return tasks.find((task) => task.requestId === requestId)?.id;
  });
  await page.getByRole('row', { name: `picture-jobs ${id} ` }).waitFor();
  expect(complaints).toEqual([]);
});

test('a queue shows its numbers as people read them, and follows them', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  let current = report();
  await answers(page, () => current);
  await page.goto('/workers');
  await heading(page, 'There are dead letters in mail');
  expect(await row(page).getByRole('definition').allInnerTexts()).toEqual(['1,234', '10', '5 min', '12', '3', '2']);
  current = report({ queues: [{ ...queue, waiting: 0, inFlight: 0, oldestAgeSeconds: 0, deadLetters: 0 }] });
  await heading(page, 'Nothing is waiting');
  expect(await page.title()).toBe('Nothing is waiting · Stackyard');
  expect(await row(page).getByRole('button').count()).toBe(0);
});

test('what cannot be read is a dash, with the reason', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await answers(page, () =>
    report({
      queues: [{ ...queue, processedPerSecond: null, failures: null, deadLetters: 0 }],
      tasks: [],
      problems: ['The cache does not answer.'],
    }),
  );
  await page.goto('/workers');
  await heading(page, 'Not everything can be seen now');
  await page.getByRole('alert').getByText('The cache does not answer.').waitFor();
  expect(await row(page).getByRole('definition').allInnerTexts()).toEqual(['1,234', '10', '5 min', '–', '–', '0']);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('an answer that fails leaves the last numbers and says that they are old', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await answers(page, report);
  await page.goto('/workers');
  await row(page).waitFor();
  await page.unroute('**/api/workers');
  await page.route('**/api/workers', (route) => route.fulfill({ status: 500, headers: { 'x-request-id': 'r-500' }, body: '{}' }));
  await heading(page, 'The workers cannot be asked');
  await page.getByRole('alert').getByText('The numbers below are out of date.').waitFor();
  await page.getByText('r-500').waitFor();
  await row(page).getByText('1,234').waitFor();
});

test('failed tasks say why and can be looked at alone; the older ones come on demand', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await answers(page, report);
  await page.goto('/workers');
  await page.getByRole('row', { name: /task-1 .*Failed Error: the server is away Request id request-1/ }).waitFor();
  expect(await page.getByRole('row').count()).toBe(1 + 20);
  await page.getByRole('button', { name: 'Show all 30' }).click();
  expect(await page.getByRole('row').count()).toBe(1 + 30);
  await page.getByLabel('Only failed').check();
  expect(await page.getByRole('row').count()).toBe(1 + 1);
});

test('a replay asks for the key, says when it is wrong, then moves the letters and knows the key', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  let left = 2;
  await answers(page, () => report({ queues: [{ ...queue, deadLetters: left }] }));
  await page.route('**/api/workers/mail/replay', (route) => {
    if (route.request().headers()['x-api-key'] !== 'right') return route.fulfill({ status: 403, json: { message: 'Forbidden' } });
    left -= 1;
    return route.fulfill({ json: { queue: 'mail', moved: 1, left } });
  });
  await page.goto('/workers');
  const replay = row(page).getByRole('button', { name: 'Replay dead letters of mail' });
  await replay.click();
  // The field has the focus: keys are enough.
  await page.getByLabel('API key').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The server does not take this key.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('API key').fill('right');
  await page.keyboard.press('Enter');
  await row(page).getByText('1 moved back, 1 left').waitFor();
  await replay.click();
  await row(page).getByText('1 moved back', { exact: true }).waitFor();
  await heading(page, 'Work is being done');
});

test('a hidden page does not ask', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  let asked = 0;
  await answers(page, () => {
    asked++;
    return report();
  });
  // Before any script: Chromium under test shows every page.
  await page.addInitScript(
    "let shown = 'hidden'; Object.defineProperty(document, 'visibilityState', { get: () => shown }); window.show = () => { shown = 'visible'; document.dispatchEvent(new Event('visibilitychange')); }",
  );
  await page.goto('/workers');
  await heading(page, 'Asking for the first time');
  expect(asked).toBe(0);
  await page.evaluate('show()');
  await row(page).waitFor();
});
