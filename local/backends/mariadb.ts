// MariaDB as an owned child: data under `<dataDir>/mariadb`, durable commits, administrator by TCP with a password of its own.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import type { MysqlServer } from './backends.ts';
import { BackendMissing } from './ladder.ts';
import { clonePreparedData } from './mariadb-data.ts';
import { ownServer, type ServerKind, type Started, type Surroundings } from './owned-server.ts';

const USER = 'root';
const PROBE_LIMIT_MS = 2_000;

export async function startMariadb(
  program: string,
  folders: { readonly dataDir: string; readonly toolsDir: string },
  surroundings: Surroundings,
): Promise<Started<MysqlServer>> {
  const dir = join(folders.dataDir, 'mariadb');
  let password = '';
  const kind: ServerKind = {
    name: 'mariadb',
    dir,
    ports: 1,
    async prepare([port]) {
      const version = await mariadbVersion(program);
      await clonePreparedData({ dir, toolsDir: folders.toolsDir, program, version, environment: surroundings.environment });
      password = await keptPassword(dir);
      return { title: `mariadb ${version}`, command: { executable: program, args: serverArguments(dir, port ?? 0) } };
    },
    answers: ([port]) => selects({ host: '127.0.0.1', port: port ?? 0, user: USER, password }),
  };
  const owned = await ownServer(kind, surroundings);
  const server: MysqlServer = {
    host: '127.0.0.1',
    port: owned.ports[0] ?? 0,
    user: USER,
    password,
    get pid() {
      return owned.pid;
    },
  };
  return { server, stop: owned.stop };
}

/** What RDS MySQL 8.4 does by default where MariaDB differs, so that SQL which passes here passes there. */
const AS_ON_RDS = [
  '--character-set-server=utf8mb4',
  '--default-time-zone=+00:00',
  '--max-allowed-packet=64M',
  '--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
];

function serverArguments(dir: string, port: number): string[] {
  return [
    // First by the server's own rule; without it the settings of the machine's service would apply.
    '--no-defaults',
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    `--datadir=${join(dir, 'data')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    // Relative to the data folder: a socket's path may have no more than 107 bytes.
    '--socket=mariadb.sock',
    '--pid-file=mariadb.pid',
    `--init-file=${initFile(dir)}`,
    '--skip-name-resolve',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    // As in the parameter group: who waits longer for a row than a saga's step may take gives up, and is tried again.
    '--innodb-lock-wait-timeout=2',
    // Every environment of every function may hold a pool.
    '--max-connections=300',
    ...AS_ON_RDS,
  ];
}

const initFile = (dir: string) => join(dir, 'administrator.sql');

/** The server runs this file before it takes its first connection, at every start: the password holds from the beginning. */
async function keptPassword(dir: string): Promise<string> {
  const file = join(dir, 'password');
  if (!existsSync(file)) {
    await writeFile(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  const password = await readFile(file, 'utf8');
  const accounts = ['127.0.0.1', 'localhost'].map((host) => `ALTER USER '${USER}'@'${host}' IDENTIFIED BY '${password}';\n`);
  await writeFile(initFile(dir), accounts.join(''), { mode: 0o600 });
  return password;
}

/** `10.11.19`; Oracle's MySQL wants another first start and other options, so it is taken by MYSQL_URL only. */
async function mariadbVersion(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--version']);
  const version = stdout.match(/Ver (\d+\.\d+\.\d+)-MariaDB/)?.[1];
  if (version) return version;
  throw new BackendMissing(
    `${program} is not a MariaDB (${stdout.trim()}), and the host runs no other kind itself: install mariadb-server, or start that server and give it as MYSQL_URL=mysql://user:password@host:port.`,
  );
}

/** The password is this data folder's own, so another server on the port cannot pass for ours. */
async function selects(address: { host: string; port: number; user: string; password: string }): Promise<boolean> {
  try {
    const connection = await mysql.createConnection({ ...address, connectTimeout: PROBE_LIMIT_MS });
    try {
      await connection.query({ sql: 'SELECT 1', timeout: PROBE_LIMIT_MS });
      return true;
    } finally {
      connection.destroy();
    }
  } catch {
    return false;
  }
}
