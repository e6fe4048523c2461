// The MariaDB of an application that runs here, as its administrator: to look behind the application's back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';

/** `dataDir`: what was given to the application as `--data`. */
export function serverOf(dataDir: string) {
  const read = (file: string) => readFileSync(join(dataDir, 'host/mariadb', file), 'utf8').trim();
  return { host: '127.0.0.1', port: Number(read('ports')), user: 'root', password: read('password') };
}

export async function withServer<Result>(dataDir: string, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await mysql.createConnection(serverOf(dataDir));
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/** As the running server says it: 1 is a disk write for each commit. */
export const flushAtCommit = (dataDir: string): Promise<number> =>
  withServer(dataDir, async (connection) => {
    const [[row]] = await connection.query<({ setting: number } & RowDataPacket)[]>('SELECT @@innodb_flush_log_at_trx_commit AS setting');
    return Number(row?.setting);
  });
