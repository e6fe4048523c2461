// The page `/cats`: breeds to look up by temperament, by origin and by name, one of them opened, and pictures by category.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launch, site, visitor } from './browser.ts';
import { breeds, button, categories, catsAreThere, found, sheet, synchroniser } from './cats-visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  [browser] = await Promise.all([launch(), catsAreThere()]);
});
afterAll(() => browser?.close());

const json = async (path: string) => (await fetch(`${site}/api/v1${path}`)).json() as Promise<{ name: string }[]>;

test('all breeds are told, the first of them shown, the others on demand', async () => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  const all = await json('/breeds/');
  await page.goto('/cats');
  await found(page, `${all.length} breeds`);
  const names = () => breeds(page).getByRole('listitem').locator('.breed-name').allInnerTexts();
  expect(await names()).toEqual(all.slice(0, 12).map(({ name }) => name));
  await button(page, `Show all ${all.length}`).click();
  expect(await names()).toEqual(all.map(({ name }) => name));
  expect(complaints).toEqual([]);
});

test('a search by temperament and one by origin give what the API gives, and are kept in the address', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const [gentle, egyptian] = await Promise.all([json('/breeds/?temperament=Gentle'), json('/breeds/?origin=Egypt')]);
  await page.goto('/cats');
  await page.getByLabel('Temperament').last().fill('Gentle');
  await page.keyboard.press('Enter');
  await found(page, `${gentle.length} breeds of the temperament “Gentle”`);
  expect(page.url()).toBe(`${site}/cats?temperament=Gentle`);
  await page.getByRole('radio', { name: 'Origin' }).check();
  // What is offered was collected from the breeds, and tells how it is written.
  await page.locator('datalist option[value="Egypt"]').waitFor({ state: 'attached' });
  await page.getByLabel('Origin').last().fill(' egypt ');
  await button(page, 'Search').click();
  await found(page, `${egyptian.length} breeds from “Egypt”`);
  expect(page.url()).toBe(`${site}/cats?origin=Egypt`);
  await page.goBack();
  await found(page, `${gentle.length} breeds of the temperament “Gentle”`);
  await page.reload();
  await found(page, `${gentle.length} breeds of the temperament “Gentle”`);
  await page.getByRole('link', { name: 'Show all breeds' }).click();
  await found(page, `${(await json('/breeds/')).length} breeds`);
});

test('a search that finds nothing says so, and a name narrows what was found', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/cats?origin=Atlantis');
  await found(page, 'No breeds from “Atlantis”');
  await page.getByText('searched for exactly as they are written').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('link', { name: 'Show all breeds' }).click();
  await page.getByLabel('Only names with').fill('abyss');
  await found(page, '1 breed with “abyss” in the name');
  await breeds(page).getByRole('link', { name: 'Abyssinian' }).waitFor();
});

test('a breed opens with its facts and pictures; Back and Escape close it where it was', async () => {
  await using visit = await visitor(browser);
  const { page, complaints } = visit;
  await page.goto('/cats?origin=Egypt');
  const link = breeds(page).getByRole('link', { name: /^Abyssinian/ });
  await link.click();
  await sheet(page, 'Abyssinian').getByText('Gentle').waitFor();
  expect(page.url()).toBe(`${site}/cats?origin=Egypt&breed=abys`);
  expect(await page.title()).toBe('Abyssinian · Cats · Stackyard');
  await sheet(page, 'Abyssinian').getByRole('img', { name: 'Abyssinian, picture 1 of 3' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.goBack();
  await sheet(page, 'Abyssinian').waitFor({ state: 'hidden' });
  await link.and(page.locator(':focus')).waitFor();
  await page.goForward();
  await sheet(page, 'Abyssinian').waitFor();
  await page.keyboard.press('Escape');
  await sheet(page, 'Abyssinian').waitFor({ state: 'hidden' });
  expect(page.url()).toBe(`${site}/cats?origin=Egypt`);
  // Closing went back too: the history holds the breed once.
  await page.goForward();
  await sheet(page, 'Abyssinian').waitFor();
  expect(complaints).toEqual([]);
});

test('a breed’s address can be handed on, and its temperaments search', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const gentle = await json('/breeds/?temperament=Gentle');
  await page.goto('/cats?breed=abys');
  await sheet(page, 'Abyssinian')
    .getByRole('link', { name: /^Gentle/ })
    .click();
  await found(page, `${gentle.length} breeds of the temperament “Gentle”`);
  await page.locator('#found:focus').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.goBack();
  await button(page, 'Close').click();
  await sheet(page, 'Abyssinian').waitFor({ state: 'hidden' });
  expect(page.url()).toBe(`${site}/cats`);
  await page.goto('/cats?breed=nobody');
  await sheet(page, 'No breed has the id “nobody”').waitFor();
});

test('pictures are shown by category', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.goto('/cats');
  await categories(page).getByRole('radio', { name: 'hats' }).check();
  await categories(page)
    .getByRole('img', { name: /^Cat, hats, picture 1 of \d+$/ })
    .waitFor();
  await categories(page).getByRole('radio', { name: 'sunglasses' }).check();
  await categories(page)
    .getByRole('img', { name: /^Cat, sunglasses, picture 1 of \d+$/ })
    .waitFor();
  await categories(page).getByText('No pictures are fetched of').waitFor();
});

test.each(['light', 'dark'] as const)(
  'is accessible and fits a phone with everything on it, and with a breed open, in the %s scheme',
  async (colorScheme) => {
    await using visit = await visitor(browser, { colorScheme, viewport: { width: 360, height: 740 } });
    const { page } = visit;
    await page.goto('/cats');
    await categories(page).getByRole('img').first().waitFor();
    await synchroniser(page).getByRole('rowheader', { name: 'Pictures of categories' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await breeds(page)
      .getByRole('link', { name: /^Abyssinian/ })
      .click();
    await sheet(page, 'Abyssinian').getByText('Gentle').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth")).toBe(true);
  },
);
