import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import { numbersBelow } from '../shared/numbers.ts';

export interface Item {
  readonly stock: number;
  readonly price: number;
}

const CREATE = 'INSERT INTO items (id, price) VALUES (?, ?)';
const FIND = 'SELECT stock, price FROM items WHERE id = ?';
// LAST_INSERT_ID(x) hands x back with the statement's own answer: the new value, without a second look that others could come before.
const ADD = 'UPDATE items SET stock = LAST_INSERT_ID(stock + ?) WHERE id = ? AND stock <= 9007199254740991 - ?';
const SUBTRACT = 'UPDATE items SET stock = LAST_INSERT_ID(stock - ?) WHERE id = ? AND stock >= ?';
const reset = (count: number) =>
  `INSERT INTO items (id, stock, price) SELECT number, ?, ? FROM ${numbersBelow(count)} ON DUPLICATE KEY UPDATE stock = ?, price = ?`;

export type StockRepository = ReturnType<typeof stockRepository>;

export function stockRepository(stock: Database) {
  return {
    create: (id: string, price: number, connection: Connection) => connection.query(CREATE, [id, price]),

    async find(id: string): Promise<Item | undefined> {
      if (padded(id)) return undefined;
      const [[row]] = await stock.query<(Item & RowDataPacket)[]>(FIND, [id]);
      return row;
    },
    /** The new stock; undefined where there is no such item, or no room for that much. */
    add: (id: string, amount: number, connection: Connection) => changed(ADD, id, amount, connection),
    /** The new stock; undefined where there is no such item, or not that much. */
    subtract: (id: string, amount: number, connection: Connection) => changed(SUBTRACT, id, amount, connection),

    async reset(count: number, amount: number, price: number, connection: Connection): Promise<void> {
      if (count > 0) await connection.query(reset(count), [amount, price, amount, price]);
    },
  };
}

/** The collation ignores spaces at the end: to it `0 ` is `0`. */
const padded = (id: string): boolean => id.endsWith(' ');

async function changed(sql: string, id: string, amount: number, connection: Connection): Promise<number | undefined> {
  if (padded(id)) return undefined;
  const [{ affectedRows, insertId }] = await connection.query<ResultSetHeader>(sql, [amount, id, amount]);
  return affectedRows === 1 ? insertId : undefined;
}
