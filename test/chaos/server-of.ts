// The MariaDB of a hosted application, behind the application's back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mysql, { type Connection } from 'mysql2/promise';

/** As the server's administrator. */
export async function withServer<Result>(dataDir: string, work: (server: Connection) => Promise<Result>): Promise<Result> {
  const read = (file: string) => readFileSync(join(dataDir, 'host/mariadb', file), 'utf8').trim();
  const server = await mysql.createConnection({ host: '127.0.0.1', port: Number(read('ports')), user: 'root', password: read('password') });
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}
