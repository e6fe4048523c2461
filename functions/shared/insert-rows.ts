// Many rows at a time, and no statement so long that it takes a connection from the others.
import type { QueryValues } from 'mysql2/promise';
import type { Connection } from './database.ts';

/**
 * RDS Proxy pins a session to its connection for good when a statement has more than 16 KB of text. JSON escapes about as much as SQL does.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
 */
const MAX_BYTES = 12 * 1024;

type Row = readonly QueryValues[];

/**
 * In as many statements as it takes, in the rows' order; a row that is longer by itself has one to itself. The caller's transaction makes them one.
 *
 * @param into the statement, with a `?` for all rows: `INSERT INTO things (id, name) VALUES ?`
 */
export async function insertRows(connection: Connection, into: string, rows: readonly Row[]): Promise<void> {
  for (const piece of pieces(rows)) await connection.query(into, [piece]);
}

function pieces(rows: readonly Row[]): Row[][] {
  const all: Row[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row));
    if (bytes + size > MAX_BYTES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1)?.push(row);
    bytes += size;
  }
  return all;
}
