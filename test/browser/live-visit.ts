// What somebody does and sees on `/live`, in its words, for the tests of the page.
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { site } from './browser.ts';

/** A channel of the test's own, so that other messages of the site do not matter. */
export const newChannel = () => `test-${randomUUID().slice(0, 8)}`;

export async function openLive(page: Page, from = ''): Promise<void> {
  await page.goto(`${from}/live`);
  await connected(page);
}

export const connected = (page: Page) => page.getByText('Connected', { exact: true }).waitFor();

/** As curl would. */
export async function postMessage(body: string, channel: string): Promise<void> {
  const answer = await fetch(`${site}/endpoint/?channel=${channel}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (answer.status !== 200) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
}

export const rows = (page: Page, channel: string) =>
  page.getByRole('list', { name: 'Messages, newest first' }).getByRole('listitem').filter({ hasText: channel });

export const storedRow = (page: Page, channel: string, payload: string) =>
  rows(page, channel)
    .filter({ has: page.getByRole('link', { name: /^#\d+$/ }) })
    .filter({ has: page.getByText(payload, { exact: true }) });

/** Of a channel's rows, oldest first. */
export const payloads = async (page: Page, channel: string) => (await rows(page, channel).locator('code').allTextContents()).reverse();
