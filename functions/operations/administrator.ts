// A connection of the database's administrator, to the instance itself: locks and changed passwords are nothing for a proxy.
import mysql, { type Connection } from 'mysql2/promise';
import type * as z from 'zod';
import { DatabaseSecret } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { readSecret } from '../shared/secret.ts';

export const AdminSecret = DatabaseSecret.partial({ dbname: true });

export type Login = z.infer<typeof AdminSecret>;

/** A refused login fails here; a server that is away is told within seconds. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A migration's statement may say nothing for minutes, and a way into a VPC forgets a connection that is silent for 350 s. */
const KEEP_ALIVE_MS = 60_000;

export const connect = ({ host, port, username, password, dbname }: Login): Promise<Connection> =>
  mysql.createConnection({
    host,
    port,
    user: username,
    password,
    ...(dbname ? { database: dbname } : {}),
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
    multipleStatements: true,
    ...(process.env.DATABASE_TLS === 'on' ? { ssl: 'Amazon RDS' } : {}),
  });

/** The secret that ADMIN_SECRET names: its current password is valid at any time, in the middle of a rotation too. */
export const connectAdministrator = async (): Promise<Connection> => connect(await readSecret(env('ADMIN_SECRET'), AdminSecret));
