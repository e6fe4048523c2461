// Users of the database with two passwords: the one that all have, and the one that they will have.
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { connect, connectAdministrator } from '../administrator.ts';
import type { Server } from './steps.ts';

export const server: Server = {
  async accept(username, passwords) {
    const administrator = await connectAdministrator();
    try {
      const version = await versionOf(administrator);
      for (const [sql, values] of accepting(version, username, passwords)) await administrator.query(sql, values);
    } finally {
      await administrator.end();
    }
  },

  async logIn(login) {
    const connection = await connect(login);
    try {
      await connection.query('SELECT 1');
    } finally {
      await connection.end();
    }
  },
};

type Passwords = Parameters<Server['accept']>[1];

/** What to run so that a user has both passwords, whatever a run that was cut short has left, on the server of that version. */
export function accepting(
  version: string,
  username: string,
  { now, next }: Passwords,
): readonly (readonly [sql: string, values: string[]])[] {
  // MariaDB, which stands for MySQL on one machine, takes any number of ways to prove who one is.
  if (version.includes('MariaDB'))
    return [
      [
        "ALTER USER ?@'%' IDENTIFIED VIA mysql_native_password USING PASSWORD(?) OR mysql_native_password USING PASSWORD(?)",
        [username, next, now],
      ],
    ];
  // RETAIN keeps what is the first password at that moment, so the present one is made that before; changing the first leaves the second as it is
  // (dev.mysql.com/doc/refman/8.4/en/password-management.html#dual-passwords).
  return [
    ["ALTER USER ?@'%' IDENTIFIED BY ?", [username, now]],
    ["ALTER USER ?@'%' IDENTIFIED BY ? RETAIN CURRENT PASSWORD", [username, next]],
  ];
}

async function versionOf(connection: Connection): Promise<string> {
  const [[row]] = await connection.query<(RowDataPacket & { version: string })[]>('SELECT VERSION() AS version');
  return row?.version ?? '';
}
