// The step ledger: what each saga did to stock, once. The rules stand in migrations/stock, where a step is one round trip.
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../shared/database.ts';
import { type OrderLine, reservationOf } from './reservation.ts';

/** `undone` also stands for a reservation that came after its undo: it changed nothing. */
export interface Reservation {
  readonly state: 'done' | 'refused' | 'undone';
  readonly refused_item: string | null;
}

export interface ReservationRecord extends Reservation {
  readonly saga_id: string;
  readonly calls: number;
  readonly done_at: Date | null;
  readonly undone_at: Date | null;
}

/** Of all reservations that stand, but for those of `open` sagas. */
export interface Totals {
  readonly sagas: number;
  /** Sum of price x quantity. */
  readonly value: number;
  /** Exclusive or of CRC32 over the sagas' ids: equal for equal sets. */
  readonly fingerprint: number;
}

const OF_SAGAS = 'SELECT saga_id, state, refused_item, calls, done_at, undone_at FROM saga_steps WHERE saga_id IN (?)';
const TOTALS = `SELECT COUNT(*) AS sagas, CAST(COALESCE(SUM(value), 0) AS SIGNED) AS value, BIT_XOR(CRC32(saga_id)) AS fingerprint
  FROM saga_steps WHERE state = 'done' AND done_at <= ? AND saga_id NOT IN (?)`;
const BOOKS = `SELECT ABS((SELECT COALESCE(SUM(sold), 0) FROM items)
  - (SELECT COALESCE(SUM(quantity), 0) FROM saga_steps WHERE state = 'done')) AS wrong`;

export function stockLedger(stock: Database) {
  return {
    reserve(sagaId: string, orderLines: readonly OrderLine[]): Promise<Reservation> {
      const { lines, quantity, value } = reservationOf(orderLines);
      return stock.call<Reservation>('reserve', [sagaId, JSON.stringify(lines), quantity, value]);
    },
    release: (sagaId: string) => stock.call<Reservation>('release_items', [sagaId]),

    async ofSagas(sagaIds: readonly string[]): Promise<readonly ReservationRecord[]> {
      const [rows] = await stock.query<(ReservationRecord & RowDataPacket)[]>(OF_SAGAS, [sagaIds]);
      return rows;
    },
    /** Totals until `until`, and by how many pieces the items' own sums differ from the ledger's. */
    async audit(until: Date, open: readonly string[]): Promise<Totals & { readonly wrong: number }> {
      const [[totals]] = await stock.query<(Totals & RowDataPacket)[]>(TOTALS, [until, open.length > 0 ? open : ['']]);
      const [[books]] = await stock.query<({ wrong: string } & RowDataPacket)[]>(BOOKS);
      return { ...(totals as Totals), wrong: Number(books?.wrong) };
    },
  };
}
