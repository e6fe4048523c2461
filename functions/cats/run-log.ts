// What is told of the synchroniser: its runs, its state, and what is published.
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../shared/database.ts';
import type { Counts, Run, UpstreamKind } from './routes.ts';

export const INTERRUPTION = 'It was interrupted: its function was killed or lost the database';
/** A run whose lease ran out is told as what the next run will find it to be. */
const LIST = `SELECT r.id, cause, state, r.upstream, requested_at, started_at, ended_at, counts, error,
    state = 'running' AND NOT COALESCE(lease_until > UTC_TIMESTAMP(3), FALSE) AS interrupted, lease_until
  FROM sync_runs r JOIN synchroniser WHERE r.id < ? ORDER BY r.id DESC LIMIT ?`;
const STATE = 'SELECT version, upstream, due_at, lease_until > UTC_TIMESTAMP(3) AS held FROM synchroniser';
/** The latest of each state, latest first. */
const ENDED = `SELECT r.state, c.count, r.started_at AS startedAt, r.ended_at AS endedAt FROM sync_runs r
  JOIN (SELECT MAX(id) AS id, COUNT(*) AS count FROM sync_runs WHERE state IN ('succeeded', 'failed') GROUP BY state) c ON c.id = r.id
  ORDER BY r.id DESC`;
const PUBLISHED_ROWS = `SELECT (SELECT COUNT(*) FROM breeds) AS breeds, (SELECT COUNT(*) FROM breed_images) AS breed_images,
  (SELECT COUNT(*) FROM categories) AS categories, (SELECT COUNT(*) FROM category_images) AS category_images`;
const LATEST = Number.MAX_SAFE_INTEGER;

export interface SynchroniserState {
  readonly version: number;
  /** Where the published rows came from. */
  readonly upstream: UpstreamKind | null;
  /** Somebody runs, or was killed less than a lease ago. */
  readonly held: boolean;
  /** When the schedule fired last. */
  readonly dueAt: Date | null;
}

interface Ended {
  readonly state: 'succeeded' | 'failed';
  readonly count: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export const runLog = (cats: Pick<Database, 'query'>) => ({
  async list(limit: number, before: number = LATEST): Promise<Run[]> {
    const [rows] = await cats.query<RunRow[]>(LIST, [before, limit]);
    return rows.map(runOf);
  },

  async state(): Promise<SynchroniserState> {
    const [[row]] =
      await cats.query<(RowDataPacket & { version: number; upstream: UpstreamKind | null; due_at: Date | null; held: 0 | 1 | null })[]>(
        STATE,
      );
    return { version: row?.version ?? 0, upstream: row?.upstream ?? null, dueAt: row?.due_at ?? null, held: row?.held === 1 };
  },

  /** How many ended in each state, and the latest of them; latest first. */
  async ended(): Promise<readonly Ended[]> {
    return (await cats.query<(RowDataPacket & Ended)[]>(ENDED))[0];
  },

  async publishedRows(): Promise<Readonly<Record<string, number>>> {
    const [[row]] = await cats.query<(RowDataPacket & Record<string, number>)[]>(PUBLISHED_ROWS);
    return row ?? {};
  },
});

type RunRow = RowDataPacket & {
  id: number;
  cause: Run['cause'];
  state: Run['state'];
  upstream: UpstreamKind | null;
  requested_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  counts: string | null;
  error: string | null;
  interrupted: 0 | 1;
  lease_until: Date | null;
};

const runOf = (row: RunRow): Run => ({
  id: row.id,
  cause: row.cause,
  state: row.interrupted ? 'failed' : row.state,
  upstream: row.upstream,
  requestedAt: row.requested_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: (row.interrupted ? row.lease_until : row.ended_at)?.toISOString() ?? null,
  counts: row.counts === null ? null : (JSON.parse(row.counts) as Counts),
  error: row.interrupted ? INTERRUPTION : row.error,
});
