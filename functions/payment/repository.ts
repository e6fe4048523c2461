import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import { numbersBelow } from '../shared/numbers.ts';

export interface User {
  readonly id: string;
  readonly credit: number;
}

const CREATE = 'INSERT INTO users (id) VALUES (?)';
const FIND = 'SELECT id, credit FROM users WHERE id = ?';
// LAST_INSERT_ID(x) hands x back with the statement's own answer: the new value, without a second look that others could come before.
const ADD = 'UPDATE users SET credit = LAST_INSERT_ID(credit + ?) WHERE id = ? AND credit <= 9007199254740991 - ?';
const SUBTRACT = 'UPDATE users SET credit = LAST_INSERT_ID(credit - ?) WHERE id = ? AND credit >= ?';
const reset = (count: number) =>
  `INSERT INTO users (id, credit) SELECT number, ? FROM ${numbersBelow(count)} ON DUPLICATE KEY UPDATE credit = ?`;

export type PaymentRepository = ReturnType<typeof paymentRepository>;

export function paymentRepository(payment: Database) {
  return {
    create: (id: string, connection: Connection) => connection.query(CREATE, [id]),

    async find(id: string): Promise<User | undefined> {
      if (padded(id)) return undefined;
      const [[row]] = await payment.query<(User & RowDataPacket)[]>(FIND, [id]);
      return row;
    },
    /** The new credit; undefined where there is no such user, or no room for that much. */
    add: (id: string, amount: number, connection: Connection) => changed(ADD, id, amount, connection),
    /** The new credit; undefined where there is no such user, or not that much. */
    subtract: (id: string, amount: number, connection: Connection) => changed(SUBTRACT, id, amount, connection),

    async reset(count: number, credit: number, connection: Connection): Promise<void> {
      if (count > 0) await connection.query(reset(count), [credit, credit]);
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
