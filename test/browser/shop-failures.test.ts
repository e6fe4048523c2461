// The page `/shop` when the services are away or slow: nothing is done twice, and the page says how to go on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';
import { addCredit, addStock, button, openShop, order, outcome, panel, picture } from './shop-visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a press whose answer got lost is sent again under its key, and is carried out once', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  const keys: (string | undefined)[] = [];
  await page.route('**/payment/add_funds/**', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.getByLabel('Credit to add').fill('5');
  await button(page, 'Add credit').click();
  await page.getByText('Nobody knows yet whether this was done.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await button(page, 'Add credit').click();
  await panel(page, 'User').getByText('5 credit', { exact: true }).waitFor();
  await button(page, 'Add credit').click();
  await panel(page, 'User').getByText('10 credit', { exact: true }).waitFor();
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('a checkout whose answer got lost is shown as what became of it', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  await addCredit(page, 100, 100);
  await addStock(page, 10, 10);
  await order(page, 2);
  await page.route('**/orders/checkout/**', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await button(page, 'Check out').click();
  await outcome(page, 'Paid: 6 credit').waitFor();
  await picture(page, /^Attempt 1, succeeded/).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
  await button(page, 'Start over with a new user and new items').click();
  await button(page, 'Create a user').and(page.locator(':focus')).waitFor();
  expect(await page.getByRole('rowheader').count()).toBe(0);
});

test('while a checkout is under way the button says so, keeps the focus and takes no second press', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  await addCredit(page, 100, 100);
  await addStock(page, 10, 10);
  await order(page, 2);
  const answer = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/orders/checkout/**', async (route) => {
    asked++;
    await answer.promise;
    await route.continue();
  });
  await button(page, 'Check out').click();
  const pending = button(page, 'Checking out…');
  await pending.and(page.locator(':focus')).waitFor();
  await outcome(page, 'Checking out…').waitFor();
  await page.keyboard.press('Enter');
  answer.resolve();
  await outcome(page, 'Paid: 6 credit').waitFor();
  expect(asked).toBe(1);
});

test('a saga that is still under way is followed until it has ended', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  await addStock(page, 10, 10);
  await order(page, 2);
  let underWay = true;
  await page.route('**/orders/saga/**', async (route) => {
    const response = await route.fetch();
    const story = (await response.json()) as { attempts: { state: string; finished_at: string | null; steps: { step: string }[] }[] };
    const last = story.attempts.at(-1);
    if (underWay && last) {
      Object.assign(last, { state: 'compensating', finished_at: null, steps: last.steps.filter(({ step }) => step !== 'release') });
    }
    await route.fulfill({ response, json: story });
  });
  await button(page, 'Check out').click();
  await picture(page, /^Attempt 1, being undone: .*abort \+\d+ ms\.$/).waitFor();
  await page.getByText('not finished yet. This picture follows it.').waitFor();
  underWay = false;
  await picture(page, /^Attempt 1, out of credit: .*release \+\d+ ms\.$/).waitFor();
});

test('without its services the page says so, and goes on when they are back', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  const services = /\/(payment|stock|orders)\//;
  await page.route(services, (route) => route.abort());
  await page.reload();
  await page.getByRole('alert').getByText('The shop cannot be shown as it is now.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.unroute(services);
  await button(page, 'Try again').click();
  await panel(page, 'User').getByText('0 credit', { exact: true }).waitFor();
});

test('what the services do not know any more is taken off, and said to be', async () => {
  await using visit = await visitor(browser);
  const { page } = visit;
  await openShop(page);
  await page.route('**/payment/find_user/**', (route) =>
    route.fulfill({ status: 400, contentType: 'text/html', body: 'User: x not found!' }),
  );
  await page.reload();
  await page.getByText('What is gone was taken off.').waitFor();
  await button(page, 'Create a user').waitFor();
  await page.getByRole('rowheader', { name: 'item A' }).waitFor();
});
