// The step ledger: what each saga did to credit, once. The rules stand in migrations/payment, where a step is one round trip.
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../shared/database.ts';

/** `undone` also stands for a charge that came after its undo: it changed nothing. */
export interface Charge {
  readonly state: 'done' | 'refused' | 'undone';
}

export interface ChargeRecord extends Charge {
  readonly saga_id: string;
  readonly calls: number;
  readonly done_at: Date | null;
  readonly undone_at: Date | null;
}

/** Of all charges that stand, but for those of `open` sagas. */
export interface Totals {
  readonly sagas: number;
  readonly amount: number;
  /** Exclusive or of CRC32 over the sagas' ids: equal for equal sets. */
  readonly fingerprint: number;
}

const OF_SAGAS = 'SELECT saga_id, state, calls, done_at, undone_at FROM saga_steps WHERE saga_id IN (?)';
const TOTALS = `SELECT COUNT(*) AS sagas, CAST(COALESCE(SUM(amount), 0) AS SIGNED) AS amount, BIT_XOR(CRC32(saga_id)) AS fingerprint
  FROM saga_steps WHERE state = 'done' AND done_at <= ? AND saga_id NOT IN (?)`;
const BOOKS = `SELECT COUNT(*) AS wrong FROM users
  LEFT JOIN (SELECT user_id, SUM(amount) AS amount FROM saga_steps WHERE state = 'done' GROUP BY user_id) AS ledger ON ledger.user_id = users.id
  WHERE users.charged <> COALESCE(ledger.amount, 0)`;

export function paymentLedger(payment: Database) {
  return {
    charge: (sagaId: string, userId: string, amount: number) => payment.call<Charge>('charge', [sagaId, userId, amount]),
    refund: (sagaId: string) => payment.call<Charge>('refund', [sagaId]),

    async ofSagas(sagaIds: readonly string[]): Promise<readonly ChargeRecord[]> {
      const [rows] = await payment.query<(ChargeRecord & RowDataPacket)[]>(OF_SAGAS, [sagaIds]);
      return rows;
    },
    /** Totals until `until`, and how many users' own sums differ from the ledger's. */
    async audit(until: Date, open: readonly string[]): Promise<Totals & { readonly wrong: number }> {
      const [[totals]] = await payment.query<(Totals & RowDataPacket)[]>(TOTALS, [until, open.length > 0 ? open : ['']]);
      const [[books]] = await payment.query<({ wrong: number } & RowDataPacket)[]>(BOOKS);
      return { ...(totals as Totals), wrong: books?.wrong ?? 0 };
    },
  };
}
