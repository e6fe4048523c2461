// What in a migration would break code that is still running: during a release the version before works on the new schema.

/** A file of `migrations/<schema>/`. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
}

/** In a file of its own line: it says why no running code needs any more what goes. */
const CONTRACT = /^-- contract: \S.{10,}$/m;

const breaking: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\bDROP\s+(?!PROCEDURE\b|TEMPORARY\b)\w+(\s+\w+){0,3}/gi, 'takes away what running code may use'],
  [/\bRENAME\b(\s+\w+){1,3}/gi, 'running code knows the old name'],
  [/\bTRUNCATE\b(\s+\w+){1,2}/gi, 'takes away rows'],
  [/\b(?:CHANGE|MODIFY)\s+(?:COLUMN\s+)?\w+/gi, 'may refuse or cut what running code writes'],
  [
    /\bADD\s+(?:COLUMN\s+)?(?!COLUMN\b|CONSTRAINT\b)\w+\s+(?:(?!\bDEFAULT\b)[^,;])*?\bNOT\s+NULL\b(?!(?:(?!\bADD\b)[^;])*?\bDEFAULT\b)/gi,
    'running code inserts rows without it',
  ],
  [/\bADD\s+(?:CONSTRAINT|UNIQUE|CHECK|FOREIGN|PRIMARY)\b(\s+\w+){0,2}/gi, 'may refuse what running code writes'],
];

/** A sentence for each thing in one schema's files, in their order, that running code may not survive; none of a file that gives a reason. */
export function breakingChanges(files: readonly MigrationFile[]): string[] {
  const procedures = new Set<string>();
  return files.flatMap(({ name, sql }) => {
    // Neither comments nor texts are statements; whichever begins first hides the other.
    const code = sql.replace(/--.*$|'(?:[^'\\]|\\.)*'/gm, "''");
    const found = breaking.flatMap(([pattern, why]) =>
      [...code.matchAll(pattern)].map(([text]) => `${name}: ${text.replace(/\s+/g, ' ').trim()}: ${why}`),
    );
    const own = [...code.matchAll(/\bCREATE\s+PROCEDURE\s+(\w+)/gi)].map(([, procedure = '']) => procedure);
    // The first file that makes a procedure drops it before, so that it can be run again after it was cut short.
    for (const [, procedure = ''] of code.matchAll(/\bDROP\s+PROCEDURE\s+(?:IF\s+EXISTS\s+)?(\w+)/gi))
      if (procedures.has(procedure) || !own.includes(procedure)) found.push(`${name}: DROP PROCEDURE ${procedure}: running code calls it`);
    for (const procedure of own) procedures.add(procedure);
    return CONTRACT.test(sql) ? [] : found;
  });
}
