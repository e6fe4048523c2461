// The rules of stock. No clock, no environment, no SQL: what it needs is handed in.
import type { Database } from '../shared/database.ts';
import { type Answer, json, Refusal, text } from '../shared/http/answer.ts';
import { escaped } from '../shared/http/html.ts';
import { type Attempt, idempotently } from '../shared/idempotency.ts';
import type { StockRepository } from './repository.ts';

export interface Dependencies {
  readonly database: Database;
  readonly items: StockRepository;
}

export function stockService({ database, items }: Dependencies) {
  const createItem = (id: string, price: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await items.create(id, price, connection);
      return json({ item_id: id });
    });

  const batchInit = (count: number, amount: number, price: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await items.reset(count, amount, price, connection);
      return json({ msg: 'Batch init for stock successful' });
    });

  async function find(id: string): Promise<Answer> {
    const item = await items.find(id);
    if (!item) throw new Refusal(notFound(id));
    return json({ stock: item.stock, price: item.price });
  }

  const add = (id: string, amount: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      const stock = await items.add(id, amount, connection);
      return stock === undefined ? refusal(id, 'cannot get that large!') : updated(id, stock);
    });

  const subtract = (id: string, amount: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      const stock = await items.subtract(id, amount, connection);
      return stock === undefined ? refusal(id, 'cannot get reduced below zero!') : updated(id, stock);
    });

  /** Why a conditional update found no row. */
  async function refusal(id: string, why: string): Promise<Answer> {
    return (await items.find(id)) ? text(`Item: ${escaped(id)} stock ${why}`, 400) : notFound(id);
  }

  return { createItem, batchInit, find, add, subtract };
}

const updated = (id: string, stock: number) => text(`Item: ${escaped(id)} stock updated to: ${stock}`);
const notFound = (id: string) => text(`Item: ${escaped(id)} not found!`, 400);
