// What clients may ask, drawn by chance: users, items and orders are meant by numbers that wrap around those that there are.
import fc from 'fast-check';
import type { Model, Told } from './model.ts';

export type Operation =
  | { readonly kind: 'addFunds' | 'pay'; readonly user: number; readonly amount: number }
  | { readonly kind: 'addStock' | 'subtract'; readonly item: number; readonly pieces: number }
  | { readonly kind: 'addItem'; readonly order: number; readonly item: number; readonly quantity: number }
  | { readonly kind: 'checkout'; readonly order: number };

const which = fc.nat(20);
/** Few values, so that often just enough is there, and often one too few. */
const amount = fc.constantFrom(0, 1, 5, 10, 20, 40);
export const price = fc.constantFrom(0, 1, 5, 10);
const pieces = fc.nat(4);
const addItem = fc.record({ kind: fc.constant('addItem' as const), order: which, item: which, quantity: fc.integer({ min: 1, max: 3 }) });
const checkout = fc.record({ kind: fc.constant('checkout' as const), order: which });

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('addFunds' as const), user: which, amount }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pay' as const), user: which, amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('addStock' as const), item: which, pieces }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('subtract' as const), item: which, pieces }) },
  { weight: 4, arbitrary: addItem },
  { weight: 6, arbitrary: checkout },
);

export const chosen = <Thing>(things: readonly Thing[], number: number): Thing => things[number % things.length] as Thing;

export interface Request {
  readonly path: string;
  /** The same route with other values: what a key must not be used for twice. */
  readonly other: string;
  /** Lets the model do it; gives what has to be told. */
  readonly inModel: () => Told;
}

export function requestOf(model: Model, operation: Operation): Request {
  const { users, items, orders } = model;
  switch (operation.kind) {
    case 'addFunds':
    case 'pay': {
      const user = chosen(users, operation.user);
      const route = `/payment/${operation.kind === 'pay' ? 'pay' : 'add_funds'}/${user.id}`;
      return {
        path: `${route}/${operation.amount}`,
        other: `${route}/${operation.amount + 1}`,
        inModel: () => model[operation.kind](user, operation.amount),
      };
    }
    case 'addStock':
    case 'subtract': {
      const item = chosen(items, operation.item);
      const route = `/stock/${operation.kind === 'subtract' ? 'subtract' : 'add'}/${item.id}`;
      return {
        path: `${route}/${operation.pieces}`,
        other: `${route}/${operation.pieces + 1}`,
        inModel: () => model[operation.kind](item, operation.pieces),
      };
    }
    case 'addItem': {
      const [order, item] = [chosen(orders, operation.order), chosen(items, operation.item)];
      const route = `/orders/addItem/${order.id}/${item.id}`;
      return {
        path: `${route}/${operation.quantity}`,
        other: `${route}/${operation.quantity + 1}`,
        inModel: () => model.addItem(order, item, operation.quantity),
      };
    }
    case 'checkout': {
      const order = chosen(orders, operation.order);
      return {
        path: `/orders/checkout/${order.id}`,
        other: `/orders/checkout/${chosen(orders, operation.order + 1).id}`,
        inModel: () => model.checkout(order),
      };
    }
  }
}
