// The page `/cats` when something is away: it says what, and how to go on; nothing is done twice.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launch, site, visitor } from './browser.ts';
import { button, categories, catsAreThere, found, run, sheet, synchroniser, tells } from './cats-visit.ts';
import { severable } from './severable.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  [browser] = await Promise.all([launch(), catsAreThere()]);
});
afterAll(() => browser?.close());

const knowsKey = "sessionStorage.setItem('stackyard.api-key', '[\"known\"]')";

test('when the server goes away the page keeps what it has, says so, and goes on by itself', async () => {
  await using visit = await visitor(browser);
  await using way = await severable(site);
  const { page } = visit;
  await page.goto(`${way.url}/cats`);
  await page.getByRole('link', { name: 'Abyssinian' }).waitFor();
  way.cut();
  await synchroniser(page).getByRole('alert').getByText('What is told below is out of date.').waitFor();
  await page.getByRole('link', { name: 'Abyssinian' }).waitFor();
  await page.getByLabel('Temperament').last().fill('Gentle');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The breeds below may be out of date.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  way.mend();
  await found(
    page,
    `${((await (await fetch(`${site}/api/v1/breeds/?temperament=Gentle`)).json()) as []).length} breeds of the temperament “Gentle”`,
  );
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('an API that is down from the beginning is told in each part, with the request id', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.route('**/api/v1/**', (route) =>
    route.fulfill({ status: 500, headers: { 'x-request-id': 'r-500' }, json: { message: 'error while processing request' } }),
  );
  await page.goto('/cats?breed=abys');
  await sheet(page, 'The breed cannot be read').getByText('r-500').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  for (const words of ['The breeds cannot be read.', 'The pictures cannot be read.', 'Nothing is known yet.'])
    await page.getByRole('alert').getByText(words).waitFor();
  await page.unroute('**/api/v1/**');
  await button(page, 'Try again').click();
  await page.getByRole('link', { name: 'Abyssinian' }).waitFor();
});

test('a run that is going on already is told, with what to do', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.addInitScript(knowsKey);
  await tells(page, () => ({ runs: [run(1)] }));
  await page.route('**/api/v1/sync/run', (route) => route.fulfill({ status: 409, json: { message: 'A run is going on already' } }));
  await page.goto('/cats');
  await button(page, 'Run now').click();
  await synchroniser(page).getByRole('alert').getByText('A run is going on already. Wait until').waitFor();
});

test('a press whose answer got lost is sent again under its key, and the next one under another', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.addInitScript(knowsKey);
  await tells(page, () => ({ runs: [run(1)] }));
  const keys: (string | undefined)[] = [];
  await page.route('**/api/v1/sync/run', (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return keys.length === 1 ? route.abort() : route.fulfill({ status: 202, json: { run: 1 } });
  });
  await page.goto('/cats');
  await button(page, 'Run now').click();
  await synchroniser(page).getByRole('alert').getByText('Nobody knows yet whether this was done.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const _again of [2, 3]) {
    await button(page, 'Run now').click();
    await synchroniser(page).getByText('Run 1 succeeded: nothing changed.').waitFor();
  }
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('pictures that cannot be loaded leave a drawn cat in their place', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await page.route('**/images/*.*', (route) => route.abort());
  await page.goto('/cats?breed=abys');
  await sheet(page, 'Abyssinian').getByText('No picture: Abyssinian, picture 3 of 3').waitFor({ state: 'attached' });
  expect(await sheet(page, 'Abyssinian').getByRole('img').count()).toBe(0);
});

test('pictures of a category are turned page by page', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  const all = Array.from({ length: 30 }, (_, n) => ({ id: `p${n}`, url: `${site}/p${n}.svg` }));
  await page.route('**/p*.svg', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>' }),
  );
  await page.route('**/api/v1/images/?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [limit, number] = [Number(query.get('limit')), Number(query.get('page'))];
    const json = all.slice(number * limit, (number + 1) * limit);
    return route.fulfill({ json, headers: { 'pagination-count': String(all.length) } });
  });
  await page.goto('/cats');
  await categories(page).getByText('1 to 12 of 30').waitFor();
  for (const shown of ['13 to 24 of 30', '25 to 30 of 30']) {
    await button(page, 'Next pictures').click();
    await categories(page).getByText(shown).waitFor();
  }
  await categories(page).locator('img[src$="/p29.svg"]').waitFor();
  expect(await categories(page).getByRole('img').count()).toBe(6);
  expect(await button(page, 'Next pictures').getAttribute('aria-disabled')).toBe('true');
  await button(page, 'Previous pictures').click();
  await categories(page).getByText('13 to 24 of 30').waitFor();
});
