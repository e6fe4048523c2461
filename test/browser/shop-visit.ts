// What somebody does in the shop, in its words, for the tests of its page.
import type { Page } from 'playwright-core';

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
export const outcome = (page: Page, title: string) => page.getByRole('heading', { level: 2, name: title, exact: true });
/** The picture that is shown; the other one is for another width. */
export const picture = (page: Page, words: RegExp) => page.getByRole('img', { name: words });
export const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

export async function openShop(page: Page): Promise<void> {
  await page.goto('/shop');
  await button(page, 'Create a user').click();
  await panel(page, 'User').getByText('0 credit', { exact: true }).waitFor();
  await button(page, 'Create an item').click();
  await page.getByRole('rowheader', { name: 'item A' }).waitFor();
}

export async function addCredit(page: Page, amount: number, total: number): Promise<void> {
  await page.getByLabel('Credit to add').fill(String(amount));
  await button(page, 'Add credit').click();
  await panel(page, 'User').getByText(`${total} credit`, { exact: true }).waitFor();
}

export async function addStock(page: Page, amount: number, total: number): Promise<void> {
  await page.getByLabel('Stock to add to item A').fill(String(amount));
  await button(page, 'Add stock to item A').click();
  await panel(page, 'Items')
    .getByRole('cell', { name: String(total), exact: true })
    .waitFor();
}

/** An order of so many of item A, which cost 3 each. */
export async function order(page: Page, quantity: number): Promise<void> {
  await button(page, 'Create an order').click();
  await page.getByLabel('Quantity').fill(String(quantity));
  await button(page, 'Add to the order').click();
  await panel(page, 'Order')
    .getByText(`${quantity * 3} credit in total`, { exact: true })
    .waitFor();
}
