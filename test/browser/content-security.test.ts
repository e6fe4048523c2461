// What the pages' security headers let a browser do: all that the pages need, nothing that others would like.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { breedsAreThere, launch, site, visitor } from './browser.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
  await breedsAreThere();
});
afterAll(() => browser.close());

/** Of the same machine and another port, which is another site: one of elsewhere a browser would hinder for other reasons. */
const elsewhere = 'http://localhost:4999/';
const open = (page: Page, html: string) =>
  page.route(elsewhere, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>elsewhere</title>${html}` }));

const writtenScript = "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)";

describe('the pages have what they need', () => {
  test('pictures of cats, from the address of the upstream', async () => {
    await using visit = await visitor(browser);
    const { page, complaints } = visit;
    await page.goto('/cats');
    await eventually(() => page.evaluate('[...document.images].some((image) => image.naturalWidth > 0)') as Promise<boolean>);
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });

  test('requests that are tried out in the documentation', async () => {
    await using visit = await visitor(browser);
    const { page, complaints } = visit;
    await page.goto('/api/swagger');
    await page
      .getByRole('button', { name: /GET \/status/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.getByRole('heading', { name: 'Server response' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

test.each(['/', '/nothing-here'])('a script that got into %s does not run, and the browser complains', async (path) => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  await page.goto(path);
  await page.evaluate(writtenScript);
  expect(await page.evaluate('window.ran')).toBeUndefined();
  await eventually(() => complaints.some((text) => text.includes('script-src')));
});

test('the same script runs where no such headers forbid it', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await open(page, '');
  await page.goto(elsewhere);
  await page.evaluate(writtenScript);
  expect(await page.evaluate('window.ran')).toBe(true);
});

test('no site can put a page of ours into a frame of its own', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await open(page, `<iframe name="ours" src="${site}/shop"></iframe><iframe name="theirs" src="about:srcdoc"></iframe>`);
  await page.goto(elsewhere);
  // A page that the browser puts in the place of what it refused to show.
  await eventually(() => page.frame('ours')?.url() === 'chrome-error://chromewebdata/');
  expect(page.frame('theirs')?.url()).toBe('about:srcdoc');
});

test('our own page may open the WebSocket; that of another site is refused', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const address = `${site.replace(/^http/, 'ws')}/ws`;
  const attempt = `new Promise((resolve) => {
    const socket = new WebSocket('${address}');
    socket.onopen = () => { resolve('open'); socket.close(); };
    socket.onerror = () => resolve('refused');
  })`;
  await page.goto('/');
  expect(await page.evaluate(attempt)).toBe('open');
  await open(page, '');
  await page.goto(elsewhere);
  expect(await page.evaluate(attempt)).toBe('refused');
});
