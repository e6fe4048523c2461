// docs/erd.md shows the schemas as the migrations leave them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { services } from '../../lib/constructs/services.ts';
import { diagram, erdDocument } from '../../scripts/docs/erd-document.ts';
import { migratedSchemas } from '../../scripts/docs/migrated-schemas.ts';

test('the page is what the migrations leave in a real server; otherwise run node scripts/docs/erd.ts', async () => {
  const schemas = await migratedSchemas();

  expect(readFileSync(join(import.meta.dirname, '../../docs/erd.md'), 'utf8')).toBe(erdDocument(schemas));
  for (const { name } of schemas) expect(services).toContain(name);
}, 60_000);

test('keys are marked, a foreign key is a line, and the values of an enumeration are told', () => {
  const column = (table: string, name: string, type: string, more: object = {}) => ({
    table,
    name,
    type,
    nullable: false,
    key: '',
    comment: '',
    ...more,
  });
  const columns = [
    column('items', 'id', 'char(36)', { key: 'PRI', comment: 'the "public" id' }),
    column('lines', 'item_id', 'char(36)', { key: 'MUL' }),
    column('lines', 'state', "enum('new','done')", { nullable: true }),
    column('lines', 'amount', 'int(10) unsigned'),
  ];

  expect(diagram({ name: 'stock', columns, foreignKeys: [{ table: 'lines', column: 'item_id', target: 'items' }] })).toEqual([
    'erDiagram',
    '  items {',
    `    char(36) id PK "the 'public' id"`,
    '  }',
    '  lines {',
    '    char(36) item_id FK',
    '    enum state "may be NULL; new · done"',
    '    int_unsigned amount',
    '  }',
    '  items ||--o{ lines : item_id',
  ]);
});
