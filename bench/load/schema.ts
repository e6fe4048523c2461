// A service's schema in the MariaDB of an application that runs, for its repositories: mysql2 and nothing around it.
import mysql, { type RowDataPacket } from 'mysql2/promise';
import type { Database } from '../../functions/shared/database.ts';
import { serverOf } from './server.ts';
import { CLIENTS } from './wrk.ts';

export interface BareSchema extends Database {
  end(): Promise<void>;
}

export function schema(dataDir: string, name: string): BareSchema {
  const pool = mysql.createPool({ ...serverOf(dataDir), database: name, connectionLimit: CLIENTS, timezone: 'Z', supportBigNumbers: true });
  return {
    query: pool.query.bind(pool),
    end: () => pool.end(),
    async call<Row>(procedure: string, values: readonly unknown[]) {
      const sql = `CALL ${procedure}(${values.map(() => '?').join(', ')})`;
      const [results] = await pool.query<RowDataPacket[][]>(sql, values as unknown[]);
      return results[0]?.[0] as Row;
    },
    transaction: () => Promise.reject(new Error('what is measured here takes no transaction of several round trips')),
  };
}
