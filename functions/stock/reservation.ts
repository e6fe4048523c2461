// What an order takes out of stock, as rows are locked.

/** Item, quantity, and the price that was agreed. */
export type OrderLine = readonly [itemId: string, quantity: number, price: number];

export interface ReservationRequest {
  /** An item once, sorted by its id: every saga locks rows in the same order, so that no two wait for each other. */
  readonly lines: readonly (readonly [itemId: string, quantity: number])[];
  readonly quantity: number;
  readonly value: number;
}

export function reservationOf(orderLines: readonly OrderLine[]): ReservationRequest {
  const pieces = new Map<string, number>();
  let quantity = 0;
  let value = 0;
  for (const [itemId, amount, price] of orderLines) {
    pieces.set(itemId, (pieces.get(itemId) ?? 0) + amount);
    quantity += amount;
    value += amount * price;
  }
  return { lines: [...pieces].sort(([a], [b]) => (a < b ? -1 : 1)), quantity, value };
}
