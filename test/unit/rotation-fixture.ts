// A real MariaDB whose administrator and one service have secrets with versions, and the function that rotates them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { connect, type Login } from '../../functions/operations/administrator.ts';
import { migrate } from '../../functions/operations/migrate.ts';
import { handler } from '../../functions/operations/rotate.handler.ts';
import type { Step } from '../../functions/operations/rotation/steps.ts';
import { log as serviceLog } from '../../functions/shared/logging.ts';
import { backends } from '../../local/backends/provision.ts';
import { createLog } from '../../local/log.ts';
import { controlApi } from '../../local/services/control-api.ts';
import { versionedSecrets } from './rotation-secrets.ts';

const root = join(import.meta.dirname, '../..');

export const STEPS: readonly Step[] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
export const SERVICE = 'service';
export const ADMIN = 'admin';

export type RotationFixture = Awaited<ReturnType<typeof rotationFixture>>;

export async function rotationFixture() {
  const dataDir = mkdtempSync(join(tmpdir(), 'stackyard-rotation-'));
  const log = createLog('error');
  const servers = backends({ dataDir, toolsDir: join(root, '.stackyard/tools'), kafka: false, log });
  const [{ host, port, user, password }, control] = await Promise.all([servers.mysql(), controlApi(log)]);
  const secrets = versionedSecrets(control);
  secrets.create(ADMIN, JSON.stringify({ engine: 'mysql', host, port, username: 'stackyard_admin', password: 'first' }));
  secrets.create(
    SERVICE,
    JSON.stringify({ engine: 'mysql', host, port, username: 'pictures_user', password: 'first', dbname: 'pictures' }),
  );
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: control.url,
    ADMIN_SECRET: ADMIN,
    SERVICE_SECRETS: JSON.stringify([SERVICE]),
    DATABASE_SECRET: SERVICE,
    DATABASE_HOST: host,
    LAMBDA_TASK_ROOT: root,
  });
  serviceLog.setLogLevel('SILENT');
  const owner = await mysql.createConnection({ host, port, user, password });
  await owner.query("CREATE USER stackyard_admin@'%' IDENTIFIED BY 'first'");
  await owner.query("GRANT ALL PRIVILEGES ON *.* TO stackyard_admin@'%' WITH GRANT OPTION");
  await migrate();

  const step = (Step: Step, SecretId: string, ClientRequestToken: string) => handler({ Step, SecretId, ClientRequestToken });
  const login = (id: string, stage: string): Login => JSON.parse(secrets.read(id, stage) ?? 'null');
  return {
    secrets,
    step,
    migrate,
    login,
    /** All steps of one rotation. */
    async rotate(id: string): Promise<void> {
      const version = secrets.begin(id);
      for (const name of STEPS) await step(name, id, version);
    },
    /** Whether the server takes it. */
    async isValid(login: Login): Promise<boolean> {
      return connect(login).then(
        async (connection) => {
          await connection.end();
          return true;
        },
        () => false,
      );
    },
    async stop(): Promise<void> {
      owner.destroy();
      await Promise.all([servers.stop(), control.stop()]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
