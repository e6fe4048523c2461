// Where every example begins: with little of everything, so that there are successes, and failures of every kind.
import { item, order, user } from '../shop-client.ts';
import { type Item, Model } from './model.ts';
import { chosen } from './operations.ts';

const CREDITS = [0, 10, 41];
/** Price and stock. */
const ITEMS = [
  [1, 3],
  [5, 6],
  [10, 2],
] as const;
const ORDERS = 5;

/** Orders have one line each. */
export async function smallShop(): Promise<Model> {
  const model = new Model();
  for (const credit of CREDITS) model.users.push({ id: await user(credit), credit });
  for (const [price, stock] of ITEMS) model.items.push({ id: await item(price, stock), price, stock });
  for (let number = 0; number < ORDERS; number++) {
    const line: [Item, number] = [chosen(model.items, number), 1];
    const { id: userId } = chosen(model.users, number);
    model.orders.push({ id: await order(userId, [line[0].id, line[1]]), userId, lines: [line], paid: false });
  }
  return model;
}
