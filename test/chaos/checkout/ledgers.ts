// The data of the three services behind the application's back: what the audit says is not taken on trust.
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { withServer } from '../server-of.ts';

/** Which saga an order was paid by; ids of these orders hold no slash. */
const COUNTS = {
  'orders are being checked out still': "SELECT COUNT(*) AS n FROM orders.orders WHERE status = 'checking out'",
  'sagas are unfinished': "SELECT COUNT(*) AS n FROM orders.sagas WHERE state NOT IN ('succeeded', 'failed')",
  'orders are paid without a charge': `SELECT COUNT(*) AS n FROM orders.orders AS o
    LEFT JOIN payment.saga_steps AS s ON s.saga_id = CONCAT(o.id, '/', o.attempts) AND s.state = 'done' AND s.user_id = o.user_id AND s.amount = o.total_cost
    WHERE o.status = 'paid' AND s.saga_id IS NULL`,
  'orders are paid without a reservation': `SELECT COUNT(*) AS n FROM orders.orders AS o
    LEFT JOIN stock.saga_steps AS s ON s.saga_id = CONCAT(o.id, '/', o.attempts) AND s.state = 'done' AND s.value = o.total_cost
    WHERE o.status = 'paid' AND s.saga_id IS NULL`,
  'charges stand without a paid order': `SELECT COUNT(*) AS n FROM payment.saga_steps AS s
    LEFT JOIN orders.orders AS o ON o.id = SUBSTRING_INDEX(s.saga_id, '/', 1) AND s.saga_id = CONCAT(o.id, '/', o.attempts) AND o.status = 'paid'
    WHERE s.state = 'done' AND o.id IS NULL`,
  'reservations stand without a paid order': `SELECT COUNT(*) AS n FROM stock.saga_steps AS s
    LEFT JOIN orders.orders AS o ON o.id = SUBSTRING_INDEX(s.saga_id, '/', 1) AND s.saga_id = CONCAT(o.id, '/', o.attempts) AND o.status = 'paid'
    WHERE s.state = 'done' AND o.id IS NULL`,
} as const;
/** Sagas that the reconciler has taken up. */
const RECONCILED = 'SELECT COUNT(*) AS n FROM orders.sagas WHERE tries > 0';

/** A sentence for each count that is not zero. */
export const contradictions = (dataDir: string): Promise<string[]> =>
  withServer(dataDir, async (server) => {
    const found: string[] = [];
    for (const [what, sql] of Object.entries(COUNTS)) {
      const count = await counted(server, sql);
      if (count !== 0) found.push(`${count} ${what}`);
    }
    return found;
  });

export const reconciledSagas = (dataDir: string): Promise<number> => withServer(dataDir, (server) => counted(server, RECONCILED));

async function counted(server: Connection, sql: string): Promise<number> {
  const [[row]] = await server.query<({ n: number } & RowDataPacket)[]>(sql);
  return Number(row?.n);
}
