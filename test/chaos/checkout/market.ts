// A few users with little credit and a few items with little stock, whom everybody wants: what was put in, and what was ordered.
import type { Chance } from '../../support/chance.ts';
import type { Answer, Shop } from './shop.ts';

export interface User {
  readonly id: string;
  /** Funds given. */
  given: number;
}

export interface Item {
  readonly id: string;
  readonly price: number;
  /** Pieces put into stock. */
  added: number;
}

export interface Checkout {
  readonly key: string | undefined;
  /** Of each time that it was sent. */
  readonly answers: (Answer | undefined)[];
}

/** What the client goes by. */
export const lastAnswer = ({ answers }: Checkout): Answer | undefined => answers.at(-1);

export interface Purchase {
  readonly orderId: string;
  readonly user: User;
  readonly lines: readonly { readonly item: Item; readonly quantity: number }[];
  readonly total: number;
  readonly checkouts: Checkout[];
}

export interface Market {
  readonly users: readonly User[];
  readonly items: readonly Item[];
  readonly purchases: Purchase[];
  /** A key that was never used. */
  newKey(): string;
}

const USERS = 24;
const ITEMS = 8;
const MAX_LINES = 3;
const MAX_QUANTITY = 3;

/** `name` sets its keys apart from those of other markets. */
export async function openMarket(shop: Shop, random: Chance, name: string): Promise<Market> {
  let keys = 0;
  const newKey = () => `${name}-${keys++}`;
  const made = async <Fields>(path: string) => JSON.parse(await shop.surely(path, newKey())) as Fields;
  const users = await Promise.all(
    Array.from({ length: USERS }, async () => ({ id: (await made<{ user_id: string }>('/payment/create_user')).user_id, given: 0 })),
  );
  const items = await Promise.all(
    Array.from({ length: ITEMS }, async () => {
      const price = random.between(1, 20);
      return { id: (await made<{ item_id: string }>(`/stock/item/create/${price}`)).item_id, price, added: 0 };
    }),
  );
  const market = { users, items, purchases: [], newKey };
  for (const _ of [...users, ...items]) await supply(shop, market, random);
  return market;
}

/** A little less than a purchase takes on average, so that some end for want of credit and some for want of stock. */
export async function supply(shop: Shop, { users, items, newKey }: Market, random: Chance): Promise<void> {
  const user = pick(users, random);
  const funds = random.between(50, 250);
  await shop.surely(`/payment/add_funds/${user.id}/${funds}`, newKey());
  user.given += funds;
  const item = pick(items, random);
  const pieces = random.between(5, 25);
  await shop.surely(`/stock/add/${item.id}/${pieces}`, newKey());
  item.added += pieces;
}

/** An order that is not checked out yet; one item may stand in two of its lines. */
export async function order(shop: Shop, { users, items, purchases, newKey }: Market, random: Chance): Promise<Purchase> {
  const user = pick(users, random);
  const { order_id: orderId } = JSON.parse(await shop.surely(`/orders/create/${user.id}`, newKey())) as { order_id: string };
  const lines = Array.from({ length: random.between(1, MAX_LINES) }, () => ({
    item: pick(items, random),
    quantity: random.between(1, MAX_QUANTITY),
  }));
  for (const { item, quantity } of lines) await shop.surely(`/orders/addItem/${orderId}/${item.id}/${quantity}`, newKey());
  const total = lines.reduce((sum, { item, quantity }) => sum + item.price * quantity, 0);
  const purchase: Purchase = { orderId, user, lines, total, checkouts: [] };
  purchases.push(purchase);
  return purchase;
}

const pick = <Thing>(things: readonly Thing[], random: Chance): Thing => things[random.below(things.length)] as Thing;
