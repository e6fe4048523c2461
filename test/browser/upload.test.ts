// The page `/`, as people use it: pictures in, pictures out, mistakes told, no mouse needed.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';

type Browser = Awaited<ReturnType<typeof launch>>;
type Page = Awaited<ReturnType<typeof visitor>>['page'];

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const photograph = async () => ({
  name: 'harbour.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 300, height: 200, channels: 3, background: '#7d93a6' } })
    .jpeg()
    .toBuffer(),
});

const resize = (page: Page) => page.getByRole('button', { name: 'Resize', exact: true });
const progress = (page: Page) => page.getByRole('list', { name: 'Progress' });
const pixels = (image: ReturnType<Page['locator']>) =>
  image.evaluate((element: unknown) => {
    const { naturalWidth, naturalHeight } = element as { naturalWidth: number; naturalHeight: number };
    return [naturalWidth, naturalHeight];
  });
const download = (page: Page) => page.getByRole('link', { name: 'Download' });

async function choose(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Choose a picture').setInputFiles(await photograph());
  await page.getByRole('img', { name: 'harbour.jpg' }).waitFor();
}

/** What the page offers to take along, decoded. */
async function downloaded(page: Page) {
  const [file] = await Promise.all([page.waitForEvent('download'), download(page).click()]);
  const { width, height, format } = await sharp(await file.path()).metadata();
  return { name: file.suggestedFilename(), width, height, format };
}

describe('upload page', () => {
  test('a chosen picture comes back in the size asked for, to compare and to take along', async () => {
    await using visit = await visitor(browser);
    const { page, complaints } = visit;
    await choose(page);
    await page.getByLabel('Width').fill('90');
    expect(await page.getByLabel('Height').inputValue()).toBe('60');
    await resize(page).click();
    await progress(page).getByText('Done').and(page.locator('[aria-current=step]')).waitFor();
    await page.getByRole('slider').waitFor();
    expect(await pixels(page.getByRole('img', { name: 'After' }))).toEqual([90, 60]);
    expect(await downloaded(page)).toEqual({ name: 'harbour-90x60.png', width: 90, height: 60, format: 'png' });
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('other proportions and another format are shown side by side', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await choose(page);
    await page.getByLabel('Keep proportions').uncheck();
    await page.getByLabel('Height').fill('120');
    await page.getByLabel('WebP').check();
    await resize(page).click();
    await page.getByRole('img', { name: 'After' }).waitFor();
    expect(await page.getByRole('slider').count()).toBe(0);
    expect(await downloaded(page)).toEqual({ name: 'harbour-300x120.webp', width: 300, height: 120, format: 'webp' });
  });

  test('the picture has a page of its own and stays in the list of recent ones', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await choose(page);
    await resize(page).click();
    await page.getByRole('link', { name: 'Page of this picture' }).click();
    await page.getByRole('img', { name: 'Result' }).waitFor();
    await page.getByText('300 × 200 px').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto('/');
    await page.getByRole('region', { name: 'Recent pictures' }).getByRole('link', { name: 'harbour.jpg' }).waitFor();
  });

  test('wrong input is told in words at its field, and the first wrong field has the focus', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.goto('/');
    await page.getByLabel('Keep proportions').uncheck();
    await page.getByLabel('Width').fill('2000');
    await page.getByLabel('Height').fill('');
    await resize(page).click();
    await page.getByText('Value must be greater than 0 and less than 2000 px').waitFor();
    expect(await page.getByText('Missing data for required field.').count()).toBe(2);
    expect(await page.getByLabel('Width').getAttribute('aria-invalid')).toBe('true');
    await page.locator('input[type=file]:focus').waitFor({ state: 'attached' });
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a file that only claims to be a picture is refused by the server, in its words', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.goto('/');
    await page.getByLabel('Choose a picture').setInputFiles({ name: 'not.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This browser cannot show').waitFor();
    await resize(page).click();
    await page.getByText('Not a valid picture.').waitFor();
  });

  test('a file that is too large is refused before it is sent', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await page.goto('/');
    const buffer = Buffer.alloc(4_400_000);
    await page.getByLabel('Choose a picture').setInputFiles({ name: 'large.png', mimeType: 'image/png', buffer });
    await page.getByText('at most 4.1 MiB can be sent').waitFor();
  });

  test('everything can be done with the keyboard alone', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await choose(page);
    await page.getByLabel('Choose a picture').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('30');
    await page.keyboard.press('Enter');
    await page.getByRole('slider').waitFor();
    await page.getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('slider').getAttribute('aria-valuetext')).toBe('51 percent');
  });
});
