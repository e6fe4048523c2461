// The books of the three services side by side, as they stood at one moment.
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../shared/database.ts';
import type { AuditReport } from './audit-report.ts';
import type { Participants } from './participants.ts';

const NOW = 'SELECT UTC_TIMESTAMP(3) AS now';
/** Not finished at that moment: what they did so far is left out on all sides. */
const OPEN = "SELECT CONCAT(order_id, '/', attempt) AS id FROM sagas WHERE begun_at <= ? AND (finished_at IS NULL OR finished_at > ?)";
const SUCCEEDED = `SELECT COUNT(*) AS sagas, CAST(COALESCE(SUM(total_cost), 0) AS SIGNED) AS amount,
    BIT_XOR(CRC32(CONCAT(order_id, '/', attempt))) AS fingerprint
  FROM sagas WHERE state = 'succeeded' AND finished_at <= ? AND CONCAT(order_id, '/', attempt) NOT IN (?)`;
const PAID = "SELECT COUNT(*) AS orders, CAST(COALESCE(SUM(total_cost), 0) AS SIGNED) AS amount FROM orders WHERE status = 'paid'";
/** An order is paid exactly where its last saga succeeded, for the same amount. */
const CONTRADICTIONS = `SELECT COUNT(*) AS orders FROM orders LEFT JOIN sagas ON sagas.order_id = orders.id AND sagas.attempt = orders.attempts
  WHERE (orders.status = 'paid') <> (COALESCE(sagas.state, '') = 'succeeded') OR (orders.status = 'paid' AND orders.total_cost <> sagas.total_cost)`;

export interface Dependencies {
  readonly orders: Pick<Database, 'query'>;
  readonly participants: Pick<Participants, 'auditStock' | 'auditPayment'>;
}

export async function audit({ orders, participants }: Dependencies): Promise<AuditReport> {
  const rows = async <Row>(sql: string, values: unknown[] = []) => (await orders.query<(Row & RowDataPacket)[]>(sql, values))[0];
  const one = async <Row>(sql: string, values?: unknown[]) => (await rows<Row>(sql, values))[0] as Row;
  // Later changes carry later times, and earlier ones that were not committed yet belong to sagas that are open: so the sums below may be
  // taken one after the other and are still of this moment.
  const { now } = await one<{ now: Date }>(NOW);
  const open = (await rows<{ id: string }>(OPEN, [now, now])).map(({ id }) => id);
  const [succeeded, paid, contradictions, stock, payment] = await Promise.all([
    one<{ sagas: number; amount: number; fingerprint: number }>(SUCCEEDED, [now, open.length > 0 ? open : ['']]),
    one<{ orders: number; amount: number }>(PAID),
    one<{ orders: number }>(CONTRADICTIONS),
    participants.auditStock(now, open),
    participants.auditPayment(now, open),
  ]);
  const problems = [
    succeeded.amount !== payment.amount && `${succeeded.amount} was ordered, ${payment.amount} was charged`,
    succeeded.amount !== stock.value && `${succeeded.amount} was ordered, items worth ${stock.value} were taken`,
    succeeded.fingerprint !== payment.fingerprint && 'charges stand of other sagas than those that succeeded',
    succeeded.fingerprint !== stock.fingerprint && 'reservations stand of other sagas than those that succeeded',
    contradictions.orders > 0 && `${contradictions.orders} orders are paid without a succeeded saga, or the other way round`,
    payment.wrong > 0 && `${payment.wrong} users were charged otherwise than the ledger says`,
    stock.wrong > 0 && `items and ledger differ by ${stock.wrong} pieces`,
  ].filter((problem) => problem !== false);
  return {
    consistent: problems.length === 0,
    at: now.toISOString(),
    open: open.length,
    paid_orders: { orders: paid.orders, amount: paid.amount },
    succeeded: { sagas: succeeded.sagas, amount: succeeded.amount },
    spent: { sagas: payment.sagas, amount: payment.amount },
    sold: { sagas: stock.sagas, amount: stock.value },
    problems,
  };
}
