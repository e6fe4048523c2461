// Rows that a run has fetched, on their way to publication.
import type { Database } from '../../shared/database.ts';
import { insertRows } from '../../shared/insert-rows.ts';
import type { Job } from '../routes.ts';
import { tables } from './tables.ts';

/** Values of the key, then of the columns; `undefined` where a row is broken and only its key can be read. */
export interface StagedRow {
  readonly key: readonly (string | number)[];
  readonly values: readonly (string | number)[] | undefined;
}

export type Staging = ReturnType<typeof staging>;

/** A run that lost its lease may still be at it beside the next one: rows are its own, and a deadlock of the two is tried again. */
export const staging = (cats: Pick<Database, 'transaction'>) => ({
  async stage(runId: number, job: Job, rows: readonly StagedRow[]): Promise<void> {
    const table = tables.find((each) => each.job === job);
    if (!table || rows.length === 0) return;
    const nothing = table.columns.map(() => null);
    const values = rows.map(({ key, values: given }) => [runId, ...key, given === undefined, ...(given ?? nothing)]);
    const into = `REPLACE INTO ${table.staged} (run_id, ${[...table.key, 'broken', ...table.columns].join(', ')}) VALUES ?`;
    await cats.transaction((connection) => insertRows(connection, into, values));
  },

  /** What earlier runs have staged. */
  async clear(runId: number): Promise<void> {
    for (const { staged } of tables)
      await cats.transaction((connection) => connection.query(`DELETE FROM ${staged} WHERE run_id < ?`, [runId]));
  },
});
