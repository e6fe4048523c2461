// Schemas as a page of entity relationship diagrams.
import type { Column, ForeignKey, Schema } from './migrated-schemas.ts';

export function erdDocument(schemas: readonly Schema[]): string {
  return [
    '# Entities by schema',
    '',
    'Written by `node scripts/docs/erd.ts` from what the migrations leave in a real server; a test keeps it true. One schema a service: no keys between them.',
    ...schemas.flatMap((schema) => ['', `## ${schema.name}`, '', '```mermaid', ...diagram(schema), '```']),
    '',
  ].join('\n');
}

export function diagram({ columns, foreignKeys }: Schema): string[] {
  return [
    'erDiagram',
    ...[...Map.groupBy(columns, ({ table }) => table)].flatMap(([table, own]) => [
      `  ${table} {`,
      ...own.map((column) => `    ${attribute(column, foreignKeys)}`),
      '  }',
    ]),
    ...foreignKeys.map(({ table, column, target }) => `  ${target} ||--o{ ${table} : ${column}`),
  ];
}

/** `type name PK "comment"`. A diagram's type has no spaces, quotes or commas: an enumeration's values become part of the comment. */
function attribute({ table, name, type, nullable, key, comment }: Column, foreignKeys: readonly ForeignKey[]): string {
  const values = /^enum\((.*)\)$/.exec(type)?.[1]?.replaceAll("'", '').replaceAll(',', ' · ');
  const shown = values === undefined ? type.replace(/\b((?:tiny|small|medium|big)?int)\(\d+\)/, '$1').replaceAll(/[ ,]+/g, '_') : 'enum';
  const isForeign = foreignKeys.some((foreign) => foreign.table === table && foreign.column === name);
  const keys = [key === 'PRI' && 'PK', isForeign && 'FK', key === 'UNI' && 'UK'].filter(Boolean).join(', ');
  const remarks = [nullable && 'may be NULL', values, comment.replaceAll('"', "'")].filter(Boolean).join('; ');
  return [shown, name, keys, remarks && `"${remarks}"`].filter(Boolean).join(' ');
}
