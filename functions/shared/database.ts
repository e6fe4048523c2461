// The pool of this environment for one service's schema.
// Text protocol only (`query`): prepared statements, SET and more than 16 KB of text pin RDS Proxy's sessions, and a pinned session is shared by nobody.
import mysql, { type Pool, type PoolConnection, type QueryOptions, type QueryValues, type RowDataPacket } from 'mysql2/promise';
import * as z from 'zod';
import { env } from './env.ts';
import { readSecret } from './secret.ts';

/** What a service's secret holds (`SecretTargetAttachment` adds host and port). */
export const DatabaseSecret = z.object({
  host: z.string(),
  port: z.coerce.number(),
  username: z.string(),
  password: z.string(),
  dbname: z.string(),
});

/** Shorter than any function's time-out, so that a server that is away is told as that. */
const CONNECT_TIMEOUT_MS = 1_500;
/** Events that share an environment need a connection each; where events come one by one, one is ever opened. */
const CONNECTIONS = 16;
/**
 * Unused for longer, connections may be cut without a word, by RDS Proxy after 15 minutes and on Lambda's way into a VPC after 350 s.
 * https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
 */
const MAX_IDLE_MS = 300_000;
/** MySQL's number for a refused login. */
export const ACCESS_DENIED = 1045;

export type Connection = Pick<PoolConnection, 'query'>;

export interface Database extends Pick<Pool, 'query'> {
  /** Calls a stored procedure that commits by itself, in one round trip; gives the first row of its last SELECT. Deadlocks run it again. */
  call<Row>(procedure: string, values: readonly unknown[]): Promise<Row>;
  /** Runs `work` in one transaction and commits before it resolves; a deadlock or lock time-out runs it again. */
  transaction<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
}

/** Connection options of the schema whose secret DATABASE_SECRET names, through the proxy that DATABASE_HOST names. */
export async function connectionOptions(): Promise<mysql.ConnectionOptions> {
  const { port, username, password, dbname } = await readSecret(env('DATABASE_SECRET'), DatabaseSecret);
  return {
    host: env('DATABASE_HOST'),
    port,
    user: username,
    password,
    database: dbname,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    ...(process.env.DATABASE_TLS === 'on' ? { ssl: 'Amazon RDS' } : {}),
  };
}

/** @param now in ms, by the clock on the wall: it goes on where an environment is frozen */
export function database(now: () => number = Date.now): Database {
  let pool: Promise<Pool> | undefined;
  let usedAt = now();
  const open = async () =>
    mysql.createPool({
      ...(await connectionOptions()),
      connectionLimit: CONNECTIONS,
      // None is closed for idling: what a moment does not need, the next one does. All of them go together, after `MAX_IDLE_MS`.
      maxIdle: CONNECTIONS,
      // A second stack for each query costs more than it tells: errors of SQL carry the statement.
      trace: false,
      supportBigNumbers: true,
    });

  /** A rotated secret shows as a refused login: the pool is built anew from the secret's present value, once. */
  async function withPool<Result>(work: (pool: Pool) => Promise<Result>): Promise<Result> {
    if (pool && now() - usedAt > MAX_IDLE_MS) {
      void pool.then((stale) => stale.end()).catch(() => undefined);
      pool = undefined;
    }
    usedAt = now();
    pool ??= open().catch(forget);
    const current = pool;
    try {
      return await work(await current);
    } catch (error) {
      if (codeOf(error) !== ACCESS_DENIED) throw error;
      if (pool === current) pool = open().catch(forget);
      return work(await (pool ?? open()));
    }
  }
  const forget = (error: unknown): never => {
    pool = undefined;
    throw error;
  };

  return {
    query: ((sql: QueryOptions, values?: QueryValues) => withPool((current) => current.query(sql, values))) as Pool['query'],
    call: <Row>(procedure: string, values: readonly unknown[]) => withPool((current) => again(() => call<Row>(current, procedure, values))),
    transaction: (work) => withPool((current) => again(() => transaction(current, work))),
  };
}

async function call<Row>(pool: Pool, procedure: string, values: readonly unknown[]): Promise<Row> {
  const [results] = await pool.query<RowDataPacket[][]>(`CALL ${procedure}(${values.map(() => '?').join(', ')})`, values as unknown[]);
  const row = results[0]?.[0];
  if (!row) throw new Error(`${procedure} gave no row`);
  return row as Row;
}

/** InnoDB undoes the whole transaction for a deadlock (1213), a statement for a lock wait (1205): both are run again from the start. */
const transient = new Set([1213, 1205]);
const ATTEMPTS = 5;

async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !transient.has(codeOf(error) ?? 0)) throw error;
    }
  }
}

async function transaction<Result>(pool: Pool, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await pool.getConnection();
  try {
    await connection.query('START TRANSACTION');
    const result = await work(connection);
    await connection.query('COMMIT');
    connection.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is closed: the server then rolls back by itself.
    await connection.query('ROLLBACK').then(
      () => connection.release(),
      () => connection.destroy(),
    );
    throw error;
  }
}

/** MySQL's error number, where an error has one. */
export const codeOf = (error: unknown): number | undefined => (error as { errno?: number } | null)?.errno;
