// What a checkout came to, in words, and what to do next as things stand now.
import type { Item, Order, Reply } from './contract.ts';
import type { Attempt } from './saga.ts';

export interface Verdict {
  readonly tone: 'good' | 'bad';
  readonly title: string;
  readonly next: string;
}

export interface Situation {
  readonly order: Order;
  readonly credit: number;
  readonly items: readonly Item[];
  /** The answer to the last checkout, where this page saw it. */
  readonly reply: Reply | undefined;
  readonly lastAttempt: Attempt | undefined;
  itemName(id: string): string;
}

const OUT_OF_STOCK = 'Out of stock on item_id: ';

/** Undefined as long as nobody has checked out, or the outcome is open. */
export function verdictOf(situation: Situation): Verdict | undefined {
  const { order, reply, lastAttempt } = situation;
  if (order.paid || reply?.accepted)
    return {
      tone: 'good',
      title: `Paid: ${order.total_cost} credit`,
      next: 'The items are sold and the credit is spent. Below is the way it went.',
    };
  const reason = reply?.text ?? lastAttempt?.reason ?? undefined;
  return reason === undefined ? undefined : { tone: 'bad', ...failure(reason, situation) };
}

function failure(reason: string, { order, credit, items, itemName }: Situation): Omit<Verdict, 'tone'> {
  if (reason.startsWith(OUT_OF_STOCK)) {
    const id = reason.slice(OUT_OF_STOCK.length);
    const stock = items.find(({ item_id }) => item_id === id)?.stock ?? 0;
    const wanted = order.items.reduce((sum, [itemId, quantity]) => (itemId === id ? sum + quantity : sum), 0);
    return {
      title: `Out of stock: ${itemName(id)}`,
      next:
        stock >= wanted
          ? `There is enough of ${itemName(id)} now: check out again.`
          : `The order wants ${wanted}, there are ${stock}. Nothing was taken or charged. Add stock to ${itemName(id)}, then check out again.`,
    };
  }
  if (reason === 'User out of credit') {
    return {
      title: 'Not enough credit',
      next:
        credit >= order.total_cost
          ? 'There is enough credit now: check out again.'
          : `The order costs ${order.total_cost}, the user has ${credit}. The reserved items went back into stock. Add credit, then check out again.`,
    };
  }
  if (reason === 'Requests error' || reason === 'DB error')
    return { title: 'The checkout could not be finished', next: 'A service did not answer in time. Nothing was charged. Check out again.' };
  return { title: 'Not checked out', next: reason };
}

/** One attempt in a few words, for a list of them. */
export function attemptWords({ state, reason }: Attempt): string {
  if (state === 'running') return 'running';
  if (state === 'succeeded') return 'succeeded';
  if (state === 'compensating') return 'being undone';
  if (state === 'parked') return 'not undone yet';
  if (reason?.startsWith(OUT_OF_STOCK)) return 'out of stock';
  return reason === 'User out of credit' ? 'out of credit' : 'not finished in time';
}
