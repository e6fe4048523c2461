// The form of `/live`: it sends once, and says what is wrong.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';
import { newChannel, openLive, payloads, storedRow } from './live-visit.ts';
import { button } from './shop-visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('what the form sends is stored and shown, once for a double click', async () => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  const channel = newChannel();
  await openLive(page);
  await page.getByLabel('Message, in JSON').fill('{"from": "the form"}');
  await page.getByLabel('Channel', { exact: true }).fill(channel);
  await button(page, 'Send').dblclick();
  await storedRow(page, channel, '{"from": "the form"}').waitFor();
  await page.getByText(/^Accepted in [\d.]+ m?s, stored as #\d+\.$/).waitFor();

  await page.getByLabel('Message, in JSON').fill('["afterwards"]');
  await button(page, 'Send').click();
  await storedRow(page, channel, '["afterwards"]').waitFor();
  expect(await payloads(page, channel)).toEqual(['{"from": "the form"}', '["afterwards"]']);
  expect(complaints).toEqual([]);
});

test('a press whose answer got lost is sent again under its key', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const channel = newChannel();
  await openLive(page);
  const keys: (string | undefined)[] = [];
  await page.route('**/endpoint/**', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByLabel('Channel', { exact: true }).fill(channel);
  await button(page, 'Send').click();
  await page.getByText('Nobody knows yet whether this was sent.').waitFor();
  await button(page, 'Send').click();
  await page.getByText(/^Accepted in .*, stored as #\d+\.$/).waitFor();
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(await payloads(page, channel)).toEqual(['{"hello": "world"}']);
});

test('what is not JSON is not sent: the form says where it is wrong, and leads there', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openLive(page);
  await page.getByLabel('Message, in JSON').fill('{"a": 1,}');
  await button(page, 'Send').click();
  await page.getByText(/^This is not JSON: .*position 8/).waitFor();
  const message = page.getByLabel('Message, in JSON').and(page.locator(':focus'));
  expect(await message.getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Message, in JSON').fill(' ');
  await button(page, 'Send').click();
  await page.getByText('Write a JSON object or array that is not empty.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('Message, in JSON').fill('[1]');
  await page.getByLabel('Channel', { exact: true }).fill('a b');
  await button(page, 'Send').click();
  await page.getByText('“a b” cannot be a channel').waitFor();
  expect(await page.getByText('Accepted').count()).toBe(0);
});

test('a refusal of the server is shown in its words', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openLive(page);
  const refusal = page.getByRole('alert');
  await page.getByLabel('Message, in JSON').fill('{}');
  await button(page, 'Send').click();
  await refusal.getByText('Missing input.').waitFor();
  await page.getByLabel('Message, in JSON').fill(`["${'z'.repeat(300_000)}"]`);
  await button(page, 'Send').click();
  await refusal.getByText(/too large|large/i).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});
