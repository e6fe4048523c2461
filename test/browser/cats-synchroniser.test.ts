// The synchroniser on `/cats`: its buttons with the key, against the real one, and its history.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { accessibilityFaults, launch, site, visitor } from './browser.ts';
import { apiKey, button, catsAreThere, counts, found, run, runRow, synchroniser, type Told, tells } from './cats-visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  [browser] = await Promise.all([launch(), catsAreThere()]);
});
afterAll(() => browser?.close());
const schedule = (command: 'start' | 'stop') =>
  fetch(`${site}/api/v1/sync/${command}`, { method: 'POST', headers: { 'x-api-key': apiKey } });
// Whatever a test left it at: others count on the schedule.
afterEach(() => schedule('start'));

const sentence = (page: Page, words: string) => synchroniser(page).getByRole('status').getByText(words, { exact: true }).waitFor();
const isIdle = async () => !((await (await fetch(`${site}/api/v1/sync`)).json()) as { running: boolean }).running;

async function giveKey(page: Page, key: string): Promise<void> {
  await page.getByLabel('API key').fill(key);
  await page.keyboard.press('Enter');
}

test('a run is asked for with the key, refused with a wrong one, and stands in the history', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  // So that it is this run that is told, and none comes between.
  await schedule('stop');
  await eventually(isIdle);
  await page.goto('/cats');
  await button(page, 'Run now').click();
  // The field has the focus: keys are enough.
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The server does not take this key.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const [sent] = await Promise.all([page.waitForRequest('**/api/v1/sync/run'), giveKey(page, apiKey)]);
  expect(sent.headers()['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
  const told = await synchroniser(page)
    .getByText(/^Run \d+ succeeded: /)
    .innerText();
  const id = Number(/\d+/.exec(told)?.[0]);
  await runRow(page, id).getByText('By hand').waitFor();
  await runRow(page, id).getByText('Succeeded').waitFor();
});

test('stop stops the schedule, and start starts it again, both with the key that is known by then', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const isEnabled = async () => ((await (await fetch(`${site}/api/v1/sync`)).json()) as { enabled: boolean }).enabled;
  await page.goto('/cats');
  await button(page, 'Stop the schedule').click();
  await giveKey(page, apiKey);
  await synchroniser(page).getByText('Stopped. A run that has begun goes on to its end.').waitFor();
  await sentence(page, 'The schedule is stopped: the breeds stay as they are.');
  await synchroniser(page).getByText('none is due').waitFor();
  expect(await isEnabled()).toBe(false);
  await button(page, 'Start the schedule').click();
  await sentence(page, 'The schedule is on, the breeds are in step.');
  expect(await isEnabled()).toBe(true);
});

test('a run is followed while it goes on; what it published is shown, and a failed one says why', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const going = run(7, { state: 'running', startedAt: new Date().toISOString(), endedAt: null, counts: null, cause: 'request' });
  let told: Told = { runs: [run(6)] };
  let names = [{ id: 'one', name: 'First' }];
  await tells(page, () => told);
  await page.route('**/api/v1/breeds/', (route) => route.fulfill({ json: names }));
  await page.goto('/cats');
  await found(page, '1 breed');
  await synchroniser(page)
    .getByText(/^0:4[012]$/)
    .waitFor();
  told = { running: true, runs: [going, run(6)] };
  await sentence(page, 'Synchronising now.');
  names = [...names, { id: 'two', name: 'Second' }];
  const none = counts().breeds;
  told = { runs: [run(7, { counts: counts({ breeds: { ...none, fetched: 68, added: 1 } }) }), run(6)] };
  await found(page, '2 breeds');
  await synchroniser(page).getByRole('row', { name: 'Breeds 68 1 0 0 0' }).waitFor();
  const reason = 'breeds: the upstream answered 500 four times';
  told = { runs: [run(8, { state: 'failed', counts: null, error: reason }), ...told.runs] };
  await sentence(page, 'The last run failed. What was there is still served.');
  await synchroniser(page)
    .getByRole('row', { name: `Failed ${reason}` })
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('before the first run the page says that breeds are being fetched, and shows them as soon as they are there', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  let told: Told = { upstream: null, runs: [] };
  let answer: { status?: number; json: object } = { status: 404, json: { message: 'not found' } };
  await tells(page, () => told);
  await page.route('**/api/v1/breeds/', (route) => route.fulfill(answer));
  await page.route('**/api/v1/categories/', (route) => route.fulfill({ status: 404, json: { message: 'not found' } }));
  await page.goto('/cats');
  await page.getByText('Breeds are being fetched for the first time.').waitFor();
  await sentence(page, 'The schedule is on; nothing has run yet.');
  expect(await accessibilityFaults(page)).toEqual([]);
  answer = { json: [{ id: 'one', name: 'First' }] };
  told = { runs: [run(1, { counts: counts({ breeds: { ...counts().breeds, fetched: 1, added: 1 } }) })] };
  await found(page, '1 breed');
  expect(await page.getByText('for the first time').count()).toBe(0);
});

test.each([
  ['thecatapi', 'thecatapi.com', 'Breeds and pictures come from thecatapi.com itself.'],
  ['configured', 'a configured upstream', 'the address that was configured'],
  ['stub', 'the bundled stub', 'There is no key for thecatapi.com'],
])('the upstream %s is told', async (upstream, name, meaning) => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await tells(page, () => ({ upstream, runs: [run(1, { upstream })] }));
  await page.goto('/cats');
  await synchroniser(page).getByRole('definition').getByText(name, { exact: true }).waitFor();
  await synchroniser(page).getByText(meaning).waitFor();
});

test('older runs come on demand', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const runs = Array.from({ length: 30 }, (_, age) => run(30 - age));
  await tells(page, () => ({ runs }));
  await page.goto('/cats');
  await runRow(page, 21).waitFor();
  expect(await runRow(page, 20).count()).toBe(0);
  await button(page, 'Show more runs').click();
  await runRow(page, 1).waitFor();
  expect(await button(page, 'Show more runs').count()).toBe(0);
});
