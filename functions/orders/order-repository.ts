import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import { numbersBelow } from '../shared/numbers.ts';

/** Item, quantity, and the price that was agreed. */
export type OrderLine = readonly [itemId: string, quantity: number, price: number];

export interface Order {
  readonly id: string;
  readonly user_id: string;
  readonly items: readonly OrderLine[];
  readonly total_cost: number;
  readonly status: 'open' | 'checking out' | 'paid';
}

const CREATE = "INSERT INTO orders (id, user_id, items) VALUES (?, ?, '[]')";
const FIND = 'SELECT id, user_id, items, total_cost, status FROM orders WHERE id = ?';
// LAST_INSERT_ID(x) hands x back with the statement's own answer. Items change only while no saga holds them.
const ADD_ITEM = `UPDATE orders SET items = JSON_ARRAY_APPEND(items, '$', JSON_ARRAY(?, ?, ?)), total_cost = LAST_INSERT_ID(total_cost + ?)
  WHERE id = ? AND status = 'open' AND total_cost <= 9007199254740991 - ? AND JSON_LENGTH(items) < ?`;
const reset = (count: number) => `INSERT INTO orders (id, user_id, items, total_cost)
  SELECT number, FLOOR(RAND() * ?), CONCAT('[["', FLOOR(RAND() * ?), '",1,', ?, '],["', FLOOR(RAND() * ?), '",1,', ?, ']]'), 2 * ?
  FROM ${numbersBelow(count)}
  ON DUPLICATE KEY UPDATE user_id = VALUES(user_id), items = VALUES(items), total_cost = VALUES(total_cost), status = 'open', attempts = attempts + 1`;
// A saga that was running finds its order changed, and is undone.
const ABORT_RUNNING = `UPDATE sagas JOIN orders ON orders.id = sagas.order_id
  SET sagas.state = 'compensating', sagas.reason = 'The order was reset', sagas.decided_at = UTC_TIMESTAMP(3)
  WHERE sagas.state = 'running' AND orders.attempts > sagas.attempt`;

/** Of one order: what a saga carries through its steps stays far below Step Functions' 256 KiB. */
export const MAX_LINES = 1000;

/** What the column can hold and tell apart. Its collation ignores spaces at the end: `0 ` would be found as `0`, and be checked out beside it. */
export const isOrderId = (id: string): boolean => id.length <= 36 && !id.endsWith(' ');

export type OrderRepository = ReturnType<typeof orderRepository>;

export function orderRepository(orders: Database) {
  return {
    create: (id: string, userId: string, connection: Connection) => connection.query(CREATE, [id, userId]),

    async find(id: string): Promise<Order | undefined> {
      if (!isOrderId(id)) return undefined;
      const [[row]] = await orders.query<(Omit<Order, 'items'> & { items: string } & RowDataPacket)[]>(FIND, [id]);
      return row && { ...row, items: JSON.parse(row.items) as OrderLine[] };
    },
    /** The new total; undefined where the order cannot take the item. */
    async addItem(id: string, [itemId, quantity, price]: OrderLine, connection: Connection): Promise<number | undefined> {
      if (!isOrderId(id)) return undefined;
      const cost = quantity * price;
      const values = [itemId, quantity, price, cost, id, cost, MAX_LINES];
      const [{ affectedRows, insertId }] = await connection.query<ResultSetHeader>(ADD_ITEM, values);
      return affectedRows === 1 ? insertId : undefined;
    },
    async reset(count: number, items: number, users: number, price: number, connection: Connection): Promise<void> {
      if (count === 0) return;
      await connection.query(reset(count), [users, items, price, items, price, price]);
      await connection.query(ABORT_RUNNING);
    },
  };
}
