// What a system holds in all: money and items must be where the paid orders say.

export interface Sums {
  readonly paidOrders: number;
  /** What the paid orders cost together. */
  readonly paidValue: number;
  /** Of the items in stock: sum of price x pieces. */
  readonly stockValue: number;
  readonly credit: number;
}

/** What the checkouts between two looks moved. All four agree where nothing was lost or made. */
export interface Moved {
  readonly orders: number;
  readonly paid: number;
  readonly sold: number;
  readonly charged: number;
}

export const moved = (before: Sums, after: Sums): Moved => ({
  orders: after.paidOrders - before.paidOrders,
  paid: after.paidValue - before.paidValue,
  sold: before.stockValue - after.stockValue,
  charged: before.credit - after.credit,
});
