// One schema, one user, one secret a service; `migrations/<schema>/NNN_name.sql` in order, each once.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import * as z from 'zod';
import { ACCESS_DENIED, codeOf, DatabaseSecret } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { log } from '../shared/logging.ts';
import { readSecret } from '../shared/secret.ts';
import { connect, connectAdministrator } from './administrator.ts';

const Secrets = z.array(z.string());

/**
 * Two deployments at once wait for each other, and a second call for the statement that the first was killed at. The rest of the function's 15 minutes is
 * for what is to be done then, and for the sentence if the wait was too short.
 */
const LOCK_SECONDS = 13 * 60;

/** Reads ADMIN_SECRET and SERVICE_SECRETS (a JSON list of secret ARNs). */
export async function migrate(lockSeconds = LOCK_SECONDS): Promise<void> {
  const services = await Promise.all(Secrets.parse(JSON.parse(env('SERVICE_SECRETS'))).map((id) => readSecret(id, DatabaseSecret)));
  const connection = await connectAdministrator();
  try {
    await lock(connection, lockSeconds);
    for (const service of services) {
      await createSchema(connection, service);
      await apply(connection, service.dbname);
    }
  } finally {
    await connection.end();
  }
}

/** Held until the connection ends. GET_LOCK gives 0 when the wait is over: going on then would be two migrations at once. */
async function lock(connection: Connection, seconds: number): Promise<void> {
  const [[row]] = await connection.query<(RowDataPacket & { held: number | null })[]>('SELECT GET_LOCK(?, ?) AS held', [
    'migrations',
    seconds,
  ]);
  if (row?.held !== 1)
    throw new Error(
      `Another deployment, or a statement of this one that goes on by itself, has been migrating for ${seconds} s. Deploy again when it has ended.`,
    );
}

async function createSchema(connection: Connection, login: z.infer<typeof DatabaseSecret>): Promise<void> {
  const { dbname, username, password } = login;
  await connection.query('CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [dbname]);
  await connection.query("CREATE USER IF NOT EXISTS ?@'%' IDENTIFIED BY ?", [username, password]);
  await connection.query("GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON ??.* TO ?@'%'", [dbname, username]);
  // A password that is valid is left alone: setting it would drop the one that a rotation in progress is about to make the present one.
  if (!(await isValid(login))) await connection.query("ALTER USER ?@'%' IDENTIFIED BY ?", [username, password]);
}

async function isValid(login: z.infer<typeof DatabaseSecret>): Promise<boolean> {
  try {
    await (await connect(login)).end();
    return true;
  } catch (error) {
    if (codeOf(error) === ACCESS_DENIED) return false;
    throw error;
  }
}

const HISTORY =
  'CREATE TABLE IF NOT EXISTS migrations (name VARCHAR(100) NOT NULL PRIMARY KEY, applied_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3))';

async function apply(connection: Connection, schema: string): Promise<void> {
  await connection.query('USE ??', [schema]);
  await connection.query(HISTORY);
  const [rows] = await connection.query<(RowDataPacket & { name: string })[]>('SELECT name FROM migrations');
  const applied = new Set(rows.map(({ name }) => name));
  for (const { name, sql } of await migrationsOf(schema)) {
    if (applied.has(name)) continue;
    log.info(`applying ${schema}/${name}`);
    // DDL commits by itself on both servers: each file is written so that a run cut short can be run again.
    // The name goes with it: the server ends what it was sent, also when nobody is there any more to send the next statement.
    await connection.query(`${sql}\n${connection.format('INSERT INTO migrations (name) VALUES (?)', [name])}`);
  }
}

/** The files lie beside the bundle. A schema without a folder has nothing to migrate. */
async function migrationsOf(schema: string): Promise<{ name: string; sql: string }[]> {
  const folder = join(env('LAMBDA_TASK_ROOT'), 'migrations', schema);
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })));
}
