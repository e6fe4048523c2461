// What becomes of a migration on a real server: one whose function is killed while it runs, and the one that docs/migrations.md gives as an example.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';
import { breakingChanges } from './migrations-contract.ts';

const root = join(import.meta.dirname, '../..');
const taskRoot = mkdtempSync(join(tmpdir(), 'stackyard-migrations-'));
const folder = join(taskRoot, 'migrations/pictures');

let fixture: DatabaseFixture;

beforeAll(async () => {
  fixture = await databaseFixture();
  mkdirSync(folder, { recursive: true });
  vi.stubEnv('LAMBDA_TASK_ROOT', taskRoot);
});

afterAll(async () => {
  await fixture.stop();
  rmSync(taskRoot, { recursive: true });
});

/** How many rows a table of the schema has, of those that `where` says. */
async function count(table: string, where: string): Promise<number> {
  const [row] = (await fixture.admin(`SELECT COUNT(*) AS n FROM pictures.${table} WHERE ${where}`)) as { n: number }[];
  return row?.n ?? 0;
}

it('a statement whose function is killed gets through, is recorded by the server, and is not repeated', async () => {
  await fixture.admin('CREATE TABLE pictures.gate (step VARCHAR(10) NOT NULL)');
  await fixture.admin(
    `CREATE PROCEDURE pictures.work() BEGIN
      INSERT INTO gate VALUES ('begun');
      WHILE NOT EXISTS (SELECT 1 FROM gate WHERE step = 'open') DO DO 0; END WHILE;
    END`,
  );
  writeFileSync(join(folder, '801_work.sql'), 'CALL work();\n');
  const source = `import { migrate } from '${join(root, 'functions/operations/migrate.ts')}'; await migrate();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  await eventually(async () => (await count('gate', "step = 'begun'")) === 1);

  child.kill('SIGKILL');
  await ended;
  await fixture.admin("INSERT INTO pictures.gate VALUES ('open')");
  await fixture.migrate();

  expect(await count('migrations', "name = '801_work.sql'")).toBe(1);
  expect(await count('gate', "step = 'begun'")).toBe(1);
});

it('the example fills every row, breaks nothing that is running, and can be run again', async () => {
  const document = readFileSync(join(root, 'docs/migrations.md'), 'utf8');
  const sql = /```sql\n(DROP PROCEDURE.*?)```/s.exec(document)?.[1] ?? '';
  await fixture.admin('CREATE TABLE pictures.orders (id VARCHAR(36) NOT NULL PRIMARY KEY, paid BOOLEAN NOT NULL, status VARCHAR(12) NULL)');
  await fixture.admin(
    "INSERT INTO pictures.orders SELECT UUID(), seq % 3 = 0, IF(seq % 10 = 0, 'shipped', NULL) FROM pictures.seq_1_to_2500",
  );

  for (const name of ['802_fill_status.sql', '803_again.sql']) {
    writeFileSync(join(folder, name), sql);
    await fixture.migrate();
    expect(await count('migrations', `name = '${name}'`)).toBe(1);
  }

  const counts = (await fixture.admin(
    'SELECT status, COUNT(*) AS n FROM pictures.orders GROUP BY status ORDER BY status',
  )) as RowDataPacket[];
  expect(counts.map(({ status, n }) => [status, n])).toEqual([
    ['open', 1500],
    ['paid', 750],
    ['shipped', 250],
  ]);
  expect(breakingChanges([{ name: '005_fill_status.sql', sql }])).toEqual([]);
});
