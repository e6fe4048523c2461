// A real MariaDB with one service's migrated schema, reached as a function reaches it: by a secret.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { migrate } from '../../functions/operations/migrate.ts';
import { type Database, database } from '../../functions/shared/database.ts';
import { log as serviceLog } from '../../functions/shared/logging.ts';
import type { Service } from '../../lib/constructs/services.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';
import { controlApi } from '../../local/services/control-api.ts';
import { secretStore, secretsApi } from '../../local/services/secrets.ts';

const root = join(import.meta.dirname, '../..');

export interface DatabaseFixture {
  readonly database: Database;
  /** What `database` takes for the time. */
  readonly clock: { now: number };
  /** As the server's administrator. */
  admin(sql: string, values?: unknown[]): Promise<unknown>;
  /** Runs the deployment's migrations again, waiting that long for another one. */
  migrate(lockSeconds?: number): Promise<void>;
  /** Another password, at the server and in the secret. */
  rotate(password: string): Promise<void>;
  stop(): Promise<void>;
}

/** Sets environment variables of this process, as Lambda does for a function. */
export async function databaseFixture(schema: Service = 'pictures'): Promise<DatabaseFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-database-'));
  const log = createLog('error');
  const servers = backends({ dataDir, toolsDir: join(root, '.stackyard/tools'), kafka: false, log });
  const [{ host, port, user, password }, control] = await Promise.all([servers.mysql(), controlApi(log)]);
  const secrets = secretStore({ dataDir, account: '000000000000', region: 'us-east-1' });
  secretsApi(control, secrets);
  const keep = (secret: string) =>
    secrets.put('service', JSON.stringify({ host, port, username: `${schema}_user`, password: secret, dbname: schema }));
  secrets.put('admin', JSON.stringify({ host, port, username: user, password }));
  keep('first');
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: control.url,
    ADMIN_SECRET: 'admin',
    SERVICE_SECRETS: '["service"]',
    DATABASE_SECRET: 'service',
    DATABASE_HOST: host,
    LAMBDA_TASK_ROOT: root,
  });
  serviceLog.setLogLevel('SILENT');
  await migrate();
  const clock = { now: 0 };
  const administrator = await mysql.createConnection({ host, port, user, password, timezone: 'Z' });
  return {
    database: database(() => clock.now),
    clock,
    admin: async (sql, values) => (await administrator.query(sql, values))[0],
    migrate,
    async rotate(secret) {
      await administrator.query("ALTER USER ?@'%' IDENTIFIED BY ?", [`${schema}_user`, secret]);
      keep(secret);
    },
    async stop() {
      administrator.destroy();
      await Promise.all([servers.stop(), control.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
