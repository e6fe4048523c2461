// Applies all migrations to a MariaDB of their own, in a temporary folder, and asks it what came out.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';

export interface Column {
  readonly table: string;
  readonly name: string;
  /** As the server writes it: `char(40)`, `enum('a','b')`, `smallint(5) unsigned`. */
  readonly type: string;
  readonly nullable: boolean;
  /** `PRI`, `UNI`, `MUL` or empty. */
  readonly key: string;
  readonly comment: string;
}

export interface ForeignKey {
  readonly table: string;
  readonly column: string;
  readonly target: string;
}

export interface Schema {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
}

const root = join(import.meta.dirname, '../..');
const migrations = join(root, 'migrations');

const COLUMNS = `
  SELECT table_name AS \`table\`, column_name AS name, column_type AS type, is_nullable = 'YES' AS nullable, column_key AS \`key\`,
         column_comment AS comment
    FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`;

const FOREIGN_KEYS = `
  SELECT table_name AS \`table\`, column_name AS \`column\`, referenced_table_name AS target
    FROM information_schema.key_column_usage
   WHERE table_schema = ? AND referenced_table_name IS NOT NULL ORDER BY table_name, column_name`;

export async function migratedSchemas(): Promise<Schema[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-erd-'));
  // Never a server that somebody gave for data of their own.
  const { MYSQL_URL: _, ...environment } = process.env;
  const servers = backends({ dataDir, toolsDir: join(root, '.stackyard/tools'), kafka: false, log: createLog('error'), environment });
  try {
    const { host, port, user, password } = await servers.mysql();
    const connection = await mysql.createConnection({ host, port, user, password, multipleStatements: true });
    try {
      const schemas: Schema[] = [];
      for (const name of readdirSync(migrations).sort()) schemas.push(await migrated(connection, name));
      return schemas.filter(({ columns }) => columns.length > 0);
    } finally {
      await connection.end();
    }
  } finally {
    await servers.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function migrated(connection: Connection, name: string): Promise<Schema> {
  await connection.query('CREATE DATABASE ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', [name]);
  await connection.query('USE ??', [name]);
  const folder = join(migrations, name);
  for (const file of readdirSync(folder).sort()) await connection.query(readFileSync(join(folder, file), 'utf8'));
  const [columns] = await connection.query<(RowDataPacket & Column)[]>(COLUMNS, [name]);
  const [foreignKeys] = await connection.query<(RowDataPacket & ForeignKey)[]>(FOREIGN_KEYS, [name]);
  return { name, columns, foreignKeys };
}
