// A real browser for the page tests: Debian's Chromium, one page a test, everything that a page complains about collected.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';

/** The site under test, without a trailing slash; the runner sets it. */
export const site = (process.env.STACKYARD_URL ?? '').replace(/\/$/, '');

/** `STACKYARD_CHROMIUM` names another executable than Debian's. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.STACKYARD_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** Errors that the page's scripts threw or the console showed, such as a breach of the content security policy. */
  readonly complaints: string[];
}

/** A page with storage of its own: `await using visit = await visitor(browser)`. */
export async function visitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ baseURL: site, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Rule ids and places of what axe finds wrong on the page as it is now; empty when nothing is. */
export async function accessibilityFaults(page: Page, ignoredRules: readonly string[] = []): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const rules = Object.fromEntries(ignoredRules.map((rule) => [rule, { enabled: false }]));
  const found = (await page.evaluate(`axe.run({ rules: ${JSON.stringify(rules)} })`)) as {
    violations: { id: string; nodes: { target: string[] }[] }[];
  };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** The first run of the synchroniser comes within a minute of the start. Until then there are no breeds: a 404, of which browsers complain. */
export const breedsAreThere = (): Promise<true> =>
  eventually(async () => (await fetch(`${site}/api/v1/breeds/`)).status === 200 || undefined, 90_000);
