// A simple model of the shop: what each request does when it comes alone, and what it is told, to the character.

export interface Told {
  readonly status: number;
  readonly body: string;
}

export interface User {
  readonly id: string;
  credit: number;
}

export interface Item {
  readonly id: string;
  readonly price: number;
  stock: number;
}

export interface Order {
  readonly id: string;
  readonly userId: string;
  readonly lines: [item: Item, quantity: number][];
  paid: boolean;
}

/** An `Idempotency-Key` that was used, and what it stands for. */
export interface UsedKey {
  readonly key: string;
  readonly path: string;
  /** The same route with other values. */
  readonly other: string;
  readonly told: Told;
}

export class Model {
  readonly users: User[] = [];
  readonly items: Item[] = [];
  readonly orders: Order[] = [];
  readonly keys: UsedKey[] = [];

  addFunds(user: User, amount: number): Told {
    user.credit += amount;
    return ok(`User: ${user.id} credit updated to: ${user.credit}`);
  }

  pay(user: User, amount: number): Told {
    if (user.credit < amount) return no(`User: ${user.id} credit cannot get reduced below zero!`);
    user.credit -= amount;
    return ok(`User: ${user.id} credit updated to: ${user.credit}`);
  }

  addStock(item: Item, pieces: number): Told {
    item.stock += pieces;
    return ok(`Item: ${item.id} stock updated to: ${item.stock}`);
  }

  subtract(item: Item, pieces: number): Told {
    if (item.stock < pieces) return no(`Item: ${item.id} stock cannot get reduced below zero!`);
    item.stock -= pieces;
    return ok(`Item: ${item.id} stock updated to: ${item.stock}`);
  }

  addItem(order: Order, item: Item, quantity: number): Told {
    if (order.paid) return no(`Order: ${order.id} is paid!`);
    order.lines.push([item, quantity]);
    return ok(`Item: ${item.id} added to: ${order.id} price updated to: ${totalOf(order)}`);
  }

  /** Stock comes first, item by item in the order of their ids; then the credit of a user, who must be known also where nothing is to be paid. */
  checkout(order: Order): Told {
    if (order.paid) return ok('Checkout successful');
    const wanted = [...piecesOf(order)].sort(([one], [other]) => (one.id < other.id ? -1 : 1));
    const missing = wanted.find(([item, pieces]) => item.stock < pieces);
    if (missing) return no(`Out of stock on item_id: ${missing[0].id}`);
    const user = this.users.find(({ id }) => id === order.userId);
    if (!user || user.credit < totalOf(order)) return no('User out of credit');
    for (const [item, pieces] of wanted) item.stock -= pieces;
    user.credit -= totalOf(order);
    order.paid = true;
    return ok('Checkout successful');
  }
}

export const totalOf = ({ lines }: Order): number => lines.reduce((sum, [{ price }, quantity]) => sum + price * quantity, 0);

export function piecesOf({ lines }: Order): Map<Item, number> {
  const pieces = new Map<Item, number>();
  for (const [item, quantity] of lines) pieces.set(item, (pieces.get(item) ?? 0) + quantity);
  return pieces;
}

const ok = (body: string): Told => ({ status: 200, body });
const no = (body: string): Told => ({ status: 400, body });
