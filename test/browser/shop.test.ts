// The page `/shop`: purchases that succeed, and both ways in which they do not, each with its saga drawn.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, launch, visitor } from './browser.ts';
import { addCredit, addStock, button, openShop, order, outcome, panel, picture } from './shop-visit.ts';

let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

describe('shop', () => {
  test('a purchase takes stock and credit, and its way is drawn', async () => {
    await using visit = await visitor(browser);
    const { page, complaints } = visit;
    await openShop(page);
    await addCredit(page, 100, 100);
    await addStock(page, 10, 10);
    await order(page, 2);
    await button(page, 'Check out').click();
    await outcome(page, 'Paid: 6 credit').and(page.locator(':focus')).waitFor();
    await panel(page, 'User').getByText('94 credit', { exact: true }).waitFor();
    await panel(page, 'Items').getByRole('cell', { name: '8', exact: true }).waitFor();
    await picture(page, /^Attempt 1, succeeded: begin \+0 ms, reserve \+\d+ ms, charge \+\d+ ms, complete \+\d+ ms\.$/).waitFor();
    expect(await button(page, 'Check out').count()).toBe(0);
    await button(page, 'Another order').click();
    await button(page, 'Create an order').and(page.locator(':focus')).waitFor();
    expect(complaints).toEqual([]);
  });

  test('an order of more than there is takes nothing, says what is missing, and succeeds after that was added', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await openShop(page);
    await addCredit(page, 100, 100);
    await addStock(page, 1, 1);
    await order(page, 3);
    await button(page, 'Check out').click();
    await outcome(page, 'Out of stock: item A').and(page.locator(':focus')).waitFor();
    await page.getByText('The order wants 3, there are 1. Nothing was taken or charged. Add stock to item A').waitFor();
    await picture(page, /^Attempt 1, out of stock: begin \+0 ms, reserve refused \+\d+ ms, abort \+\d+ ms\.$/).waitFor();
    await panel(page, 'User').getByText('100 credit', { exact: true }).waitFor();
    await addStock(page, 5, 6);
    await page.getByText('There is enough of item A now: check out again.').waitFor();
    await button(page, 'Check out again').click();
    await outcome(page, 'Paid: 9 credit').waitFor();
  });

  test('a user without credit: the reservation is undone, and with credit the second attempt succeeds', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await openShop(page);
    await addStock(page, 10, 10);
    await order(page, 2);
    await button(page, 'Check out').click();
    await outcome(page, 'Not enough credit').waitFor();
    await page.getByText('Add credit, then check out again.').waitFor();
    const undone = /^Attempt 1, out of credit: begin .*, reserve \+.*, charge refused .*, abort .*, release \+\d+ ms\.$/;
    await picture(page, undone).waitFor();
    await panel(page, 'Items').getByRole('cell', { name: '10', exact: true }).waitFor();
    await addCredit(page, 6, 6);
    await page.getByText('There is enough credit now: check out again.').waitFor();
    await button(page, 'Check out again').click();
    await picture(page, /^Attempt 2, succeeded/).waitFor();
    await panel(page, 'User').getByText('0 credit', { exact: true }).waitFor();
    const attempts = page.getByRole('group', { name: 'Attempts' }).getByRole('radio');
    expect(await attempts.evaluateAll((all) => all.map((radio) => radio.parentElement?.textContent.trim()))).toEqual([
      'Attempt 2, succeeded',
      'Attempt 1, out of credit',
    ]);
    await attempts.last().check();
    await picture(page, undone).waitFor();
  });

  test('a reload goes on with the same user, items and order, and their saga', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    await openShop(page);
    await order(page, 1);
    await button(page, 'Check out').click();
    await outcome(page, 'Out of stock: item A').waitFor();
    await page.reload();
    await outcome(page, 'Out of stock: item A').waitFor();
    await picture(page, /^Attempt 1, out of stock/).waitFor();
    await panel(page, 'Order').getByText('3 credit in total', { exact: true }).waitFor();
  });

  test('everything can be done with the keyboard alone', async () => {
    await using visit = await visitor(browser);
    const { page } = visit;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto('/shop');
    await button(page, 'Create a user').focus();
    await press('Enter');
    await page.getByLabel('Credit to add').and(page.locator(':focus')).waitFor();
    await press('Enter');
    await panel(page, 'User').getByText('100 credit', { exact: true }).waitFor();
    await press('Tab', 'Tab', 'Enter');
    await page.getByRole('rowheader', { name: 'item A' }).waitFor();
    await press('Tab', 'Tab', 'Enter');
    await page.getByLabel('Item', { exact: true }).and(page.locator(':focus')).waitFor();
    await press('Tab', 'Tab', 'Enter');
    await panel(page, 'Order').getByText('3 credit in total', { exact: true }).waitFor();
    await press('Tab', 'Enter');
    await outcome(page, 'Out of stock: item A').and(page.locator(':focus')).waitFor();
  });

  test.each(['light', 'dark'] as const)('is accessible and fits a phone with everything on it, in the %s scheme', async (colorScheme) => {
    await using visit = await visitor(browser, { colorScheme, viewport: { width: 360, height: 740 } });
    const { page, complaints } = visit;
    await openShop(page);
    await addStock(page, 10, 10);
    await order(page, 2);
    await button(page, 'Check out').click();
    await picture(page, /^Attempt 1, out of credit/).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'))).toEqual([]);
  });
});
