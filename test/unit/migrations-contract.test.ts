// Migrations only add, as long as code of the version before may be running: docs/migrations.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { breakingChanges } from './migrations-contract.ts';

const folder = join(import.meta.dirname, '../../migrations');
const schemas = readdirSync(folder);

test.each(schemas)('the migrations of %s break nothing that is running', (schema) => {
  const files = readdirSync(join(folder, schema))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, schema, name), 'utf8') }));

  expect(files.length).toBeGreaterThan(0);
  expect(breakingChanges(files)).toEqual([]);
});

test.each(schemas)('every file of %s ends its last statement, behind which its name is recorded', (schema) => {
  const open = readdirSync(join(folder, schema)).filter((name) => !/;\s*$/.test(readFileSync(join(folder, schema, name), 'utf8')));
  expect(open).toEqual([]);
});

const only = (sql: string) => breakingChanges([{ name: '004.sql', sql }]);

describe('it would be seen that a migration', () => {
  it.each([
    ['drops a column', 'ALTER TABLE orders DROP COLUMN paid;', 'DROP COLUMN paid'],
    ['drops a table', 'DROP TABLE IF EXISTS orders;', 'DROP TABLE IF EXISTS orders'],
    ['drops an index', 'ALTER TABLE orders DROP INDEX by_user;', 'DROP INDEX by_user'],
    ['renames a column', 'ALTER TABLE orders RENAME COLUMN paid TO settled;', 'RENAME COLUMN paid TO'],
    ['renames a table', 'RENAME TABLE orders TO old_orders;', 'RENAME TABLE orders TO'],
    ['empties a table', 'TRUNCATE TABLE orders;', 'TRUNCATE TABLE orders'],
    ['narrows a column', 'ALTER TABLE orders MODIFY status VARCHAR(2);', 'MODIFY status'],
    ['changes a column', 'alter table orders\n  change status state INT;', 'change status'],
    [
      'asks for a value that nobody gives',
      'ALTER TABLE orders ADD COLUMN paid_at DATETIME(3) NOT NULL;',
      'ADD COLUMN paid_at DATETIME(3) NOT NULL',
    ],
    ['refuses rows', 'ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);', 'ADD CONSTRAINT positive CHECK'],
    ['drops a procedure that it does not make', 'DROP PROCEDURE IF EXISTS reserve;', 'DROP PROCEDURE reserve'],
  ])('%s', (_, sql, what) => {
    expect(only(sql)).toEqual([expect.stringContaining(`004.sql: ${what}: `)]);
  });

  it('puts another procedure in the place of one that is called', () => {
    const sql = 'DROP PROCEDURE IF EXISTS reserve;\nCREATE PROCEDURE reserve() SELECT 1;';

    expect(breakingChanges([{ name: '003.sql', sql }])).toEqual([]);
    expect(
      breakingChanges([
        { name: '003.sql', sql },
        { name: '004.sql', sql },
      ]),
    ).toEqual(['004.sql: DROP PROCEDURE reserve: running code calls it']);
  });
});

describe('a migration may', () => {
  it.each([
    ['add a table', 'CREATE TABLE refunds (id INT NOT NULL PRIMARY KEY);'],
    ['add a column that may be empty', 'ALTER TABLE orders ADD COLUMN paid_at DATETIME(3) NULL;'],
    [
      'add a column with a default',
      "ALTER TABLE orders ADD COLUMN state VARCHAR(12) NOT NULL DEFAULT 'open', ADD COLUMN n INT DEFAULT 0 NOT NULL;",
    ],
    ['add an index', 'ALTER TABLE orders ADD INDEX by_state (state);'],
    ['speak of dropping', "-- DROP TABLE orders\nINSERT INTO notes VALUES ('DROP TABLE orders; -- no');"],
  ])('%s', (_, sql) => {
    expect(only(sql)).toEqual([]);
  });

  it('take away what nothing running needs, where it says why; an empty reason is none', () => {
    const sql = 'ALTER TABLE orders DROP COLUMN paid;';

    expect(only(`-- contract: nothing has read it since the release of March\n${sql}`)).toEqual([]);
    expect(only(`-- contract:\n${sql}`)).toHaveLength(1);
  });
});
