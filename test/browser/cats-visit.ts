// What the tests of the page `/cats` look at and press, and the answers that they put in the place of the API's.
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { site } from './browser.ts';

export const apiKey = process.env.STACKYARD_API_KEY ?? '';
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const breeds = (page: Page) => page.getByRole('region', { name: 'Breeds' });
export const categories = (page: Page) => page.getByRole('region', { name: 'Categories' });
export const synchroniser = (page: Page) => page.getByRole('region', { name: 'Synchroniser' });
export const found = (page: Page, words: string) => breeds(page).getByRole('status').getByText(words, { exact: true }).waitFor();
export const sheet = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
export const runRow = (page: Page, id: number) =>
  synchroniser(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: String(id), exact: true }).first() })
    .filter({ hasText: /Schedule|By hand/ });

/** There are breeds with pictures: from the schedule's first run, or from one that is asked for here. */
export async function catsAreThere(): Promise<void> {
  const has = async () => (await fetch(`${site}/api/v1/breeds/abys`)).status === 200;
  if (await has()) return;
  await fetch(`${site}/api/v1/sync/run`, { method: 'POST', headers: { 'x-api-key': apiKey } });
  await eventually(has);
}

const noRows = { fetched: 0, refused: 0, added: 0, changed: 0, removed: 0 };
export const counts = (more: object = {}) => ({ breeds: noRows, breedImages: noRows, categories: noRows, categoryImages: noRows, ...more });
export const run = (id: number, more: object = {}) => ({
  id,
  cause: 'schedule',
  state: 'succeeded',
  upstream: 'stub',
  requestedAt: '2030-01-02T03:04:05.000Z',
  startedAt: '2030-01-02T03:04:05.000Z',
  endedAt: '2030-01-02T03:04:06.200Z',
  counts: counts({ breeds: { ...noRows, fetched: 67 } }),
  error: null,
  ...more,
});

export interface Told {
  readonly enabled?: boolean;
  readonly running?: boolean;
  readonly upstream?: string | null;
  readonly nextInSeconds?: number;
  readonly runs: readonly ReturnType<typeof run>[];
}

/** The synchroniser tells what `current` gives at the moment. */
export async function tells(page: Page, current: () => Told): Promise<void> {
  await page.route('**/api/v1/sync', (route) => {
    const { enabled = true, running = false, upstream = 'stub', nextInSeconds = 42, runs } = current();
    const nextRun = enabled ? new Date(Date.now() + nextInSeconds * 1000).toISOString() : null;
    return route.fulfill({ json: { enabled, running, lastRun: runs[0] ?? null, nextRun, everySeconds: 60, upstream } });
  });
  await page.route('**/api/v1/sync/runs?*', (route) => {
    const limit = Number(new URL(route.request().url()).searchParams.get('limit'));
    return route.fulfill({ json: current().runs.slice(0, limit) });
  });
}
