// Money and items are conserved: as an equality for each user and each item, and by the audit.
import { expect } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { sendWithKey } from '../application.ts';
import { books, creditOf, find, stockOf } from '../shop-client.ts';
import { type Model, totalOf } from './model.ts';
import { smallShop } from './small-shop.ts';

/** Runs `work` on a small shop; afterwards all that is there has to be as its model says. */
export async function conserved(work: (model: Model) => Promise<void>): Promise<void> {
  // Contradictions stay: those of an example before this one are not this one's, or every smaller example would seem to fail.
  const before = await contradictions();
  const model = await smallShop();
  await work(model);
  await agrees(model);
  expect(await contradictions()).toEqual(before);
}

/** What the audit finds once everything has come to rest. */
export async function contradictions(): Promise<readonly string[]> {
  await atRest();
  const { problems, consistent, open } = await books();
  expect({ consistent, open }).toEqual({ consistent: problems.length === 0, open: 0 });
  return problems;
}

/** Every user, item and order of the model. */
export async function agrees({ users, items, orders }: Model): Promise<void> {
  const found = {
    credits: await Promise.all(users.map(({ id }) => creditOf(id))),
    stocks: await Promise.all(items.map(({ id }) => stockOf(id))),
    orders: await Promise.all(orders.map(async ({ id }) => of(await find(id)))),
  };
  expect(found).toEqual({
    credits: users.map(({ credit }) => credit),
    stocks: items.map(({ stock }) => stock),
    orders: orders.map((order) => ({
      paid: order.paid,
      items: sorted(order.lines.map(([{ id }, quantity]) => [id, quantity])),
      total_cost: totalOf(order),
    })),
  });
}

const of = ({ paid, items, total_cost }: Awaited<ReturnType<typeof find>>) => ({ paid, items: sorted(items), total_cost });

/** Lines that were added at once may stand in any order. */
const sorted = (lines: readonly (readonly [string, number])[]) => lines.map(([id, quantity]) => `${id} ${quantity}`).sort();

/** A step that was too slow leaves the rest to the reconciler, 30 s later. */
export const atRest = (): Promise<true> =>
  eventually(async () => {
    await sendWithKey('/orders/sagas/reconcile', { method: 'POST' });
    return (await (await sendWithKey('/orders/sagas')).text()) === '[]';
  }, 45_000);
