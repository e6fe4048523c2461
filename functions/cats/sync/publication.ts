// From staged rows to published ones, in the caller's transaction: all jobs or none.
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection } from '../../shared/database.ts';
import type { Counts, Job } from '../routes.ts';
import { type JobTable, tables } from './tables.ts';

/** Of the published rows of a job that a run may remove. */
const MOST_REMOVED = 0.2;

export interface Staged {
  readonly runId: number;
  /** Broken rows by job. */
  readonly refused: Readonly<Record<Job, number>>;
  /** Jobs of which it is not known what has vanished: nothing of them is removed. */
  readonly uncertain: ReadonlySet<Job>;
  /** The published rows are a stub's, and this run's are not: all of them may go. */
  readonly replacesStub: boolean;
}

/** Throws where a run would remove more than a fifth of a job's rows. */
export async function publish(connection: Connection, staged: Staged): Promise<Counts> {
  const counts: Partial<Record<Job, Counts[Job]>> = {};
  for (const table of tables) {
    const found = await compare(connection, table, staged.runId);
    const removing = staged.uncertain.has(table.job) ? 0 : found.vanished;
    if (staged.replacesStub) refuseNothing(table.job, found);
    else refuseToEmpty(table.job, removing, found.published);
    if (removing > 0) await remove(connection, table, staged.runId);
    const orphans = table.parent ? await removeOrphans(connection, table.published, table.parent) : 0;
    await upsert(connection, table, staged.runId);
    counts[table.job] = {
      fetched: found.fetched,
      refused: staged.refused[table.job],
      added: found.added,
      changed: found.changed,
      removed: removing + orphans,
    };
  }
  return counts as Counts;
}

function refuseToEmpty(job: Job, removing: number, published: number): void {
  if (removing <= published * MOST_REMOVED) return;
  const percent = Math.round((removing / published) * 100);
  throw new Error(`${removing} of ${published} ${job} (${percent} %) would be removed, more than 20 %: nothing was changed`);
}

/** Even a stub's rows are better than none. */
function refuseNothing(job: Job, { published, vanished, added }: Comparison): void {
  if (published > 0 && vanished === published && added === 0)
    throw new Error(`there are no ${job} to replace those of the stub: nothing was changed`);
}

interface Comparison {
  readonly fetched: number;
  readonly added: number;
  readonly changed: number;
  readonly vanished: number;
  readonly published: number;
}

async function compare(connection: Connection, { published, staged, key, columns, parent }: JobTable, runId: number): Promise<Comparison> {
  const same = (names: readonly string[], operator: string) => names.map((name) => `p.${name} ${operator} s.${name}`).join(' AND ');
  const known = parent ? `AND s.${parent.key} IN (SELECT id FROM ${parent.table})` : '';
  const [[row]] = await connection.query<(Record<keyof Comparison, string | number> & RowDataPacket)[]>(
    `SELECT
      (SELECT COUNT(*) FROM ${staged} s WHERE s.run_id = ?) AS fetched,
      (SELECT COUNT(*) FROM ${staged} s LEFT JOIN ${published} p ON ${same(key, '=')}
        WHERE s.run_id = ? AND NOT s.broken AND p.id IS NULL ${known}) AS added,
      (SELECT COUNT(*) FROM ${staged} s JOIN ${published} p ON ${same(key, '=')}
        WHERE s.run_id = ? AND NOT s.broken AND NOT (${same(columns, '<=>')})) AS changed,
      (SELECT COUNT(*) FROM ${published} p LEFT JOIN ${staged} s ON s.run_id = ? AND ${same(key, '=')} WHERE s.id IS NULL) AS vanished,
      (SELECT COUNT(*) FROM ${published}) AS published`,
    [runId, runId, runId, runId],
  );
  const count = (name: keyof Comparison) => Number(row?.[name] ?? 0);
  return {
    fetched: count('fetched'),
    added: count('added'),
    changed: count('changed'),
    vanished: count('vanished'),
    published: count('published'),
  };
}

const remove = (connection: Connection, { published, staged, key }: JobTable, runId: number) =>
  connection.query(
    `DELETE p FROM ${published} p LEFT JOIN ${staged} s ON s.run_id = ? AND ${key.map((name) => `p.${name} = s.${name}`).join(' AND ')}
      WHERE s.id IS NULL`,
    [runId],
  );

async function removeOrphans(connection: Connection, published: string, { table, key }: { table: string; key: string }): Promise<number> {
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(
    `DELETE FROM ${published} WHERE ${key} NOT IN (SELECT id FROM ${table})`,
  );
  return affectedRows;
}

function upsert(connection: Connection, { published, staged, key, columns, parent }: JobTable, runId: number) {
  const all = [...key, ...columns].join(', ');
  return connection.query(
    `INSERT INTO ${published} (${all}) SELECT ${all} FROM ${staged}
      WHERE run_id = ? AND NOT broken ${parent ? `AND ${parent.key} IN (SELECT id FROM ${parent.table})` : ''}
      ON DUPLICATE KEY UPDATE ${columns.map((name) => `${name} = VALUES(${name})`).join(', ')}`,
    [runId],
  );
}
