// What holds for every page: accessible in both schemes and on a phone, inside the frame, silent on the console.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, breedsAreThere, launch, site, visitor } from './browser.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
  await breedsAreThere();
});
afterAll(() => browser.close());

/** Swagger UI's own markup: buttons inside buttons, tags as h3 below h1, its title outside its main element. */
const swaggersOwn = ['nested-interactive', 'heading-order', 'region'];

const pages = [
  { path: '/', shows: 'Resize a picture', ignored: [] },
  { path: '/result', shows: 'Find a resized picture', ignored: [] },
  { path: `/result?id=${'0'.repeat(40)}`, shows: 'No picture has this id', ignored: [] },
  { path: '/shop', shows: 'A shop that never loses money or items', ignored: [] },
  { path: '/cats', shows: 'Cats, kept in step', ignored: [] },
  { path: '/workers', shows: /Nothing is waiting|Work is being done|There are dead letters/, ignored: [] },
  { path: '/live', shows: 'Messages, live', ignored: [] },
  { path: '/lazaros', shows: 'All three layers are up', ignored: [] },
  { path: '/api/swagger', shows: 'Stackyard', ignored: swaggersOwn },
];

describe.each(pages)('$path', ({ path, shows, ignored }) => {
  test.each(['light', 'dark'] as const)('is accessible and fits a phone in the %s scheme', async (colorScheme) => {
    await using visit = await visitor(browser, { colorScheme, viewport: { width: 360, height: 740 } });
    const { page, complaints } = visit;
    const answer = await page.goto(path);
    expect(answer?.headers()['content-type']).toBe('text/html; charset=utf-8');
    await page.getByRole('heading', { level: 1, name: shows }).waitFor();
    expect(await accessibilityFaults(page, ignored)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
  });
});

test('the first Tab leads past the navigation', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/*#main');
});

test('the API page lists operations by system', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/api/swagger/');
  for (const system of ['status', 'pictures', 'orders', 'stock', 'payment', 'workers'])
    await page.getByRole('link', { name: system, exact: true }).waitFor();
});

test.each(['light', 'dark'] as const)('an unknown page is a 404 that leads on, in the %s scheme', async (colorScheme) => {
  await using visit = await visitor(browser, { colorScheme, viewport: { width: 360, height: 740 } });
  const { page } = visit;
  const answer = await page.goto('/1');
  expect(answer?.status()).toBe(404);
  await page.getByRole('heading', { name: 'There is no page here' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'see the status' }).click();
  expect(page.url()).toBe(`${site}/lazaros`);
});
