// The saga log, and the four round trips in which a saga is begun and ended. The rules stand in migrations/orders.
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import { isOrderId, type OrderLine } from './order-repository.ts';

export type State = 'running' | 'compensating' | 'parked' | 'succeeded' | 'failed';

export interface SagaId {
  readonly orderId: string;
  readonly attempt: number;
}

/** The same saga never comes twice: a reset of an order keeps counting its attempts. */
export const sagaIdOf = ({ orderId, attempt }: SagaId): string => `${orderId}/${attempt}`;

export interface SagaRow {
  readonly order_id: string;
  readonly attempt: number;
  readonly state: State;
  readonly user_id: string;
  readonly total_cost: number;
  readonly reason: string | null;
  readonly request_id: string;
  readonly begun_at: Date;
  readonly decided_at: Date | null;
  readonly finished_at: Date | null;
  readonly tries: number;
  readonly due_at: Date;
}

export interface Begun {
  readonly status: 'open' | 'checking out' | 'paid';
  readonly attempt: number;
  readonly userId: string;
  readonly items: readonly OrderLine[];
  readonly totalCost: number;
}

export interface Decision {
  readonly state: State;
  readonly reason: string | null;
}

export interface CheckoutKey {
  readonly order_id: string;
  readonly attempt: number;
  readonly execution: string;
}

const COLUMNS = 'order_id, attempt, state, user_id, total_cost, reason, request_id, begun_at, decided_at, finished_at, tries, due_at';
const OF_ORDER = `SELECT ${COLUMNS} FROM sagas WHERE order_id = ? ORDER BY attempt`;
const FIND = `SELECT sagas.state, sagas.reason, orders.status, sagas.attempt, sagas.user_id, orders.items, sagas.total_cost
  FROM sagas JOIN orders ON orders.id = sagas.order_id WHERE sagas.order_id = ? AND sagas.attempt = ?`;
/** A change for its own sake: its commit waits for the log, with all that was committed before it (migrations/orders/003_checkout.sql). */
const SETTLE = 'UPDATE sagas SET due_at = due_at + INTERVAL 1000 MICROSECOND WHERE order_id = ? AND attempt = ?';
const IN_STATES = `SELECT ${COLUMNS} FROM sagas WHERE state IN (?) ORDER BY begun_at LIMIT ?`;
const COUNT = 'SELECT state, COUNT(*) AS count FROM sagas GROUP BY state';
const DUE = `SELECT ${COLUMNS} FROM sagas WHERE state IN ('running', 'compensating') AND due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ?`;
/** Of two reconcilers that see the same saga due, one finds it changed. */
const TAKE = `UPDATE sagas SET tries = tries + 1, due_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
  WHERE order_id = ? AND attempt = ? AND state IN ('running', 'compensating') AND tries = ?`;
const CLOSE = `UPDATE sagas SET state = 'failed', finished_at = UTC_TIMESTAMP(3)
  WHERE order_id = ? AND attempt = ? AND state IN ('compensating', 'parked')`;
const PARK = "UPDATE sagas SET state = 'parked' WHERE order_id = ? AND attempt = ? AND state = 'compensating'";
const REPLAY = "UPDATE sagas SET state = 'compensating', tries = 0, due_at = UTC_TIMESTAMP(3) WHERE order_id = ? AND state = 'parked'";
const FIND_KEY = 'SELECT order_id, attempt, execution FROM checkout_keys WHERE id = ? AND expires_at > UTC_TIMESTAMP(3)';
const FORGET_KEY = 'DELETE FROM checkout_keys WHERE id = ? AND expires_at <= UTC_TIMESTAMP(3)';
const FORGET_KEYS = 'DELETE FROM checkout_keys WHERE expires_at <= UTC_TIMESTAMP(3) LIMIT 10000';

type Rows<Row> = (Row & RowDataPacket)[];
interface BegunRow {
  status: Begun['status'] | null;
  attempt: number;
  user_id: string;
  items: string;
  total_cost: number;
}

export type SagaRepository = ReturnType<typeof sagaRepository>;

export function sagaRepository(orders: Database) {
  const changed = async (sql: string, values: unknown[], connection: Connection = orders): Promise<number> =>
    (await connection.query<ResultSetHeader>(sql, values))[0].affectedRows;

  return {
    /** A saga that is begun, or was and is running still; undefined for an unknown order. Rejects with 1062 where the key was used before. */
    async begin(
      orderId: string,
      requestId: string,
      graceSeconds: number,
      key?: { readonly id: string; readonly execution: string },
    ): Promise<Begun | undefined> {
      if (!isOrderId(orderId)) return undefined;
      const values = [orderId, requestId, graceSeconds, key?.id ?? null, key?.execution ?? null];
      const row = await orders.call<BegunRow>('begin_checkout', values);
      return row.status === null ? undefined : begunOf(row);
    },
    complete: ({ orderId, attempt }: SagaId) => orders.call<Decision>('complete_checkout', [orderId, attempt]),
    abort: ({ orderId, attempt }: SagaId, reason: string, settled: boolean) =>
      orders.call<Decision>('abort_checkout', [orderId, attempt, reason, settled]),
    close: ({ orderId, attempt }: SagaId) => changed(CLOSE, [orderId, attempt]),

    /** What is told of a decision here is on disk. Throws where there is none. */
    async find({ orderId, attempt }: SagaId): Promise<Begun & Decision> {
      const [[row]] = await orders.query<Rows<BegunRow & Decision>>(FIND, [orderId, attempt]);
      if (!row) throw new Error(`There is no saga ${orderId}/${attempt}`);
      if (row.state !== 'running') await changed(SETTLE, [orderId, attempt]);
      return { ...begunOf(row), state: row.state, reason: row.reason };
    },
    async ofOrder(orderId: string): Promise<readonly SagaRow[]> {
      return (await orders.query<Rows<SagaRow>>(OF_ORDER, [orderId]))[0];
    },
    async inStates(states: readonly State[], limit: number): Promise<readonly SagaRow[]> {
      return (await orders.query<Rows<SagaRow>>(IN_STATES, [states, limit]))[0];
    },
    async countByState(): Promise<Partial<Record<State, number>>> {
      const [rows] = await orders.query<Rows<{ state: State; count: number }>>(COUNT);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async due(limit: number): Promise<readonly SagaRow[]> {
      return (await orders.query<Rows<SagaRow>>(DUE, [limit]))[0];
    },
    take: async ({ order_id, attempt, tries }: SagaRow, nextInSeconds: number) =>
      (await changed(TAKE, [nextInSeconds, order_id, attempt, tries])) === 1,
    park: ({ orderId, attempt }: SagaId) => changed(PARK, [orderId, attempt]),
    replay: (orderId: string, connection?: Connection) => changed(REPLAY, [orderId], connection),

    async findKey(id: string): Promise<CheckoutKey | undefined> {
      return (await orders.query<Rows<CheckoutKey>>(FIND_KEY, [id]))[0][0];
    },
    forgetKey: (id: string) => changed(FORGET_KEY, [id]),
    forgetExpiredKeys: () => changed(FORGET_KEYS, []),
  };
}

const begunOf = ({ status, attempt, user_id, items, total_cost }: BegunRow): Begun => ({
  status: status ?? 'open',
  attempt,
  userId: user_id,
  items: JSON.parse(items),
  totalCost: total_cost,
});
