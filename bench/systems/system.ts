// What is measured: the container version, and the application as `npm start` runs it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { startApp } from '../app.ts';
import { startBaseline } from '../baseline/start.ts';
import { withServer } from '../load/server.ts';
import type { Sums } from './sums.ts';

export interface System {
  readonly name: string;
  readonly url: string;
  /** Whose processor time counts, with all that they started. */
  readonly pids: readonly number[];
  sums(): Promise<Sums>;
  /** Throws where the system itself says that its books do not agree. */
  audit(): Promise<void>;
  stop(): Promise<unknown>;
}

/** It keeps no books that could be audited. */
export async function container(folder: string): Promise<System> {
  return { name: 'baseline', ...(await startBaseline(folder)), audit: async () => undefined };
}

const SUMS = `SELECT COUNT(*) AS paidOrders, CAST(COALESCE(SUM(total_cost), 0) AS DOUBLE) AS paidValue,
    (SELECT CAST(SUM(stock * price) AS DOUBLE) FROM stock.items) AS stockValue,
    (SELECT CAST(SUM(credit) AS DOUBLE) FROM payment.users) AS credit
  FROM orders.orders WHERE status = 'paid'`;

/** Without Kafka, which orders do not need, and whose broker and consumers are not quite idle when nothing happens. */
export async function application(dataDir: string, eventsPerEnvironment: number): Promise<System> {
  const app = await startApp(dataDir, ['--no-kafka', '--events-per-environment', String(eventsPerEnvironment)]);
  const keys = Object.values<string>(JSON.parse(readFileSync(join(dataDir, 'host/api-keys.json'), 'utf8')));
  return {
    name: `application, ${eventsPerEnvironment} ${eventsPerEnvironment === 1 ? 'event' : 'events'} per environment`,
    url: app.url,
    pids: [app.pid],
    sums: () => withServer(dataDir, async (server) => (await server.query<(Sums & RowDataPacket)[]>(SUMS))[0][0] as Sums),
    async audit() {
      const response = await fetch(`${app.url}/orders/audit`, { headers: { 'x-api-key': keys[0] ?? '' } });
      const books = (await response.json()) as { consistent?: boolean; open?: number };
      if (!response.ok || !books.consistent || books.open !== 0) throw new Error(`the audit says: ${JSON.stringify(books)}`);
    },
    stop: () => app.stop(),
  };
}
