// The page `/live`: messages of anybody, as they are received and stored.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { accessibilityFaults, launch, site, visitor } from './browser.ts';
import { newChannel, openLive, payloads, postMessage, rows, storedRow } from './live-visit.ts';
import { severable } from './severable.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('two tabs show a message that a terminal sends, as stored, with the time that it took', async () => {
  await using one = await visitor(browser);
  await using other = await visitor(browser);
  const channel = newChannel();
  await Promise.all([openLive(one.page), openLive(other.page)]);
  await postMessage('{"seen":"by both"}', channel);
  for (const { page, complaints } of [one, other]) {
    const row = storedRow(page, channel, '{"seen":"by both"}');
    await row.getByText(/^received after [\d.]+ m?s$/).waitFor({ state: 'attached' });
    await row.getByText(/^stored after [\d.]+ m?s$/).waitFor({ state: 'attached' });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }
});

test('messages that were sent while the network was cut are there when it is back: all, once, in order', async () => {
  await using way = await severable(site);
  await using one = await visitor(browser);
  await using other = await visitor(browser);
  const channel = newChannel();
  const tabs = [one.page, other.page];
  await Promise.all(tabs.map((page) => openLive(page, way.url)));
  await postMessage('{"n":0}', channel);
  for (const page of tabs) await storedRow(page, channel, '{"n":0}').waitFor();

  way.cut();
  for (const page of tabs) await page.getByText(/^Connection lost, trying again in \d+ s$/).waitFor();
  expect(await accessibilityFaults(one.page)).toEqual([]);
  for (const n of [1, 2, 3]) await postMessage(`{"n":${n}}`, channel);
  way.mend();

  const all = [0, 1, 2, 3].map((n) => `{"n":${n}}`);
  for (const page of tabs) {
    await storedRow(page, channel, '{"n":3}').waitFor();
    expect(await payloads(page, channel)).toEqual(all);
    await page.getByText('Connected', { exact: true }).waitFor();
  }
  await postMessage('{"n":4}', channel);
  for (const page of tabs) {
    await storedRow(page, channel, '{"n":4}').waitFor();
    expect(await payloads(page, channel)).toEqual([...all, '{"n":4}']);
  }
});

test('a browser without a network says so at once, and goes on by itself', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await openLive(page);
  await page.context().setOffline(true);
  await page.getByText('No network. It goes on when the network is back').waitFor();
  await postMessage('{"while":"away"}', channel);
  await page.context().setOffline(false);
  await storedRow(page, channel, '{"while":"away"}').waitFor();
});

test('a page that is loaded again shows the newest messages', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await openLive(page);
  await postMessage('{"before":"the reload"}', channel);
  await storedRow(page, channel, '{"before":"the reload"}').waitFor();
  await page.reload();
  await storedRow(page, channel, '{"before":"the reload"}').waitFor();
});

test('numbers and strings are shown as they were sent, long payloads laid out, large ones fetched', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await openLive(page);
  await postMessage('[1e400,12345678901234567890,-0.10]', channel);
  await storedRow(page, channel, '[1e400,12345678901234567890,-0.10]').waitFor();

  await postMessage(`{"number":12345678901234567890,"alone":"\\ud800","html":"<b>${'x'.repeat(60)}</b>"}`, channel);
  const long = rows(page, channel).filter({ hasText: 'alone' });
  await long.locator('summary').click();
  const laidOut = `{\n  "number": 12345678901234567890,\n  "alone": "\\ud800",\n  "html": "<b>${'x'.repeat(60)}</b>"\n}`;
  await eventually(async () => (await long.locator('pre').innerText()) === laidOut);

  await postMessage(`{"e":1e400,"large":"${'y'.repeat(60_000)}"}`, channel);
  const large = rows(page, channel).filter({ hasText: 'open to fetch it' });
  await large.locator('summary').click();
  await large.getByText('"e": 1e400,').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a filter shows its channels only, before and after, and is kept in the address', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const [mine, another] = [newChannel(), newChannel()];
  await postMessage('{"n":1}', mine);
  await postMessage('{"n":2}', another);
  await openLive(page);
  await storedRow(page, another, '{"n":2}').waitFor();
  await page.getByLabel('Only the channels').fill(mine);
  await page.keyboard.press('Enter');
  await storedRow(page, mine, '{"n":1}').waitFor();
  await postMessage('{"n":3}', another);
  await postMessage('{"n":4}', mine);
  await storedRow(page, mine, '{"n":4}').waitFor();
  expect(await rows(page, another).count()).toBe(0);
  expect(new URL(page.url()).search).toBe(`?channels=${mine}`);
  await page.reload();
  await storedRow(page, mine, '{"n":4}').waitFor();
  expect(await rows(page, another).count()).toBe(0);
  await page.getByRole('button', { name: 'Show all' }).click();
  await storedRow(page, another, '{"n":3}').waitFor();
});

test('where there is nothing yet, the page says how to send something, and that works', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await page.goto(`/live?channels=${channel}`);
  const command = await page.getByText(/^curl -X POST/).innerText();
  const [, address = '', body = ''] = /^curl -X POST '([^']+)'.* -d '([^']+)'$/s.exec(command) ?? [];
  expect(await accessibilityFaults(page)).toEqual([]);
  expect((await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status).toBe(200);
  await storedRow(page, channel, '{"hello": "world"}').waitFor();
});

test('a paused list stands still and counts, and then shows what came', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await openLive(page);
  await postMessage('{"n":1}', channel);
  await storedRow(page, channel, '{"n":1}').waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await postMessage('{"n":2}', channel);
  await page.getByText(/^Paused\. [1-9]\d* new since\.$/).waitFor();
  expect(await payloads(page, channel)).toEqual(['{"n":1}']);
  await page.getByRole('button', { name: 'Go on' }).click();
  await storedRow(page, channel, '{"n":2}').waitFor();
});
