// Which orders of a system are still to be checked out: each goes to one request only.

import { ORDERS, placeOrders } from '../systems/stocked.ts';

/** More than the fastest takes in a round. */
const PER_ROUND = 40_000;

export class OrderBook {
  readonly #url: string;
  #next = ORDERS;

  constructor(url: string) {
    this.#url = url;
  }

  /** Places the orders again where few are left; resolves with the id of the first unpaid one, after which all are unpaid. */
  async first(): Promise<number> {
    if (ORDERS - this.#next < PER_ROUND) {
      await placeOrders(this.#url);
      this.#next = 0;
    }
    return this.#next;
  }

  /** Throws where the clients wanted more orders than there were. */
  taken({ next }: { readonly next: number }): void {
    if (next > ORDERS) throw new Error(`${ORDERS} orders are too few for a round of this speed`);
    this.#next = next;
  }
}
