// What stock, payment and orders answer.

export interface User {
  readonly user_id: string;
  readonly credit: number;
}

export interface Item {
  readonly item_id: string;
  readonly stock: number;
  readonly price: number;
}

export interface Order {
  readonly order_id: string;
  readonly user_id: string;
  readonly paid: boolean;
  readonly items: readonly (readonly [itemId: string, quantity: number])[];
  readonly total_cost: number;
}

/** What a service said to an action. A refusal (400) is an answer too. */
export interface Reply {
  readonly accepted: boolean;
  readonly text: string;
  readonly requestId: string | null;
}

/** The id in the answer to a creation; undefined where it was refused. */
export const createdId = ({ accepted, text }: Reply, field: 'user_id' | 'item_id' | 'order_id'): string | undefined =>
  accepted ? (JSON.parse(text) as Record<string, string>)[field] : undefined;
