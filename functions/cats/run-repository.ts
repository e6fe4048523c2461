// Runs of the synchroniser, and the lease that lets one of them go on at a time, also after a crash of its holder.
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import type { Counts, UpstreamKind } from './routes.ts';
import { INTERRUPTION, runLog } from './run-log.ts';

/** A holder renews it every few seconds; whoever was killed lets it run out. */
export const LEASE_SECONDS = 20;
const KEPT_DAYS = 7;

const LOCK = 'SELECT version, lease_token, lease_until > UTC_TIMESTAMP(3) AS held FROM synchroniser FOR UPDATE';
const LOCK_IF_FREE = 'SELECT version FROM synchroniser FOR UPDATE SKIP LOCKED';
const HOLD = `UPDATE synchroniser SET lease_token = ?, lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_SECONDS} SECOND`;
/** One that ran out is lost, even where nobody has taken it yet: its run was told as failed. */
const RENEW = `UPDATE synchroniser SET lease_until = UTC_TIMESTAMP(3) + INTERVAL ${LEASE_SECONDS} SECOND
  WHERE lease_token = ? AND lease_until > UTC_TIMESTAMP(3)`;
const RELEASE = 'UPDATE synchroniser SET lease_token = NULL, lease_until = NULL WHERE lease_token = ?';
const REQUEST = "INSERT INTO sync_runs (cause, state, request_id, requested_at) VALUES ('request', 'requested', ?, UTC_TIMESTAMP(3))";
const SCHEDULE =
  "INSERT INTO sync_runs (cause, state, request_id, requested_at, started_at) VALUES ('schedule', 'running', ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";
const WAITING = "SELECT MIN(id) AS id FROM sync_runs WHERE state = 'requested'";
const START = "UPDATE sync_runs SET state = 'running', started_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = 'requested'";
const INTERRUPTED = "UPDATE sync_runs SET state = 'failed', ended_at = UTC_TIMESTAMP(3), error = ? WHERE state = 'running'";
const INTERRUPT_OTHERS = `${INTERRUPTED} AND id <> ?`;
const SUCCEED = "UPDATE sync_runs SET state = 'succeeded', ended_at = UTC_TIMESTAMP(3), upstream = ?, counts = ? WHERE id = ?";
const FAIL =
  "UPDATE sync_runs SET state = 'failed', ended_at = UTC_TIMESTAMP(3), upstream = ?, error = ? WHERE id = ? AND state = 'running'";
const FORGET = `DELETE FROM sync_runs WHERE ended_at < UTC_TIMESTAMP(3) - INTERVAL ${KEPT_DAYS} DAY ORDER BY ended_at LIMIT 1000`;
const DUE = 'UPDATE synchroniser SET due_at = ?';
const PUBLISHED = 'UPDATE synchroniser SET version = version + ?, upstream = ?';

/** A run that goes on, and the token of its lease. */
export interface Holder {
  readonly id: number;
  readonly token: string;
}

export const LEASE_LOST = 'The lease was lost: the run went on for too long without the database, or another one took it';
const ERROR_LENGTH = 2_000;

export type RunRepository = ReturnType<typeof runRepository>;

export function runRepository(cats: Database) {
  return {
    ...runLog(cats),

    /**
     * The id of a run that was asked for and holds the lease until it begins; undefined where another one goes on. One that was asked for before and
     * never began is this one, too.
     */
    async request(requestId: string, connection: Connection): Promise<number | undefined> {
      if ((await lock(connection)).held) return undefined;
      await connection.query(INTERRUPTED, [INTERRUPTION]);
      const id = (await waiting(connection)) ?? (await connection.query<ResultSetHeader>(REQUEST, [requestId]))[0].insertId;
      await connection.query(HOLD, [waitingToken(id)]);
      return id;
    },

    /** Begins a run for the schedule, or the one that was asked for and never began; undefined where another one goes on. */
    begin: (token: string, requestId: string): Promise<Holder | undefined> =>
      cats.transaction(async (connection) => {
        if ((await lock(connection)).held) return undefined;
        await connection.query(INTERRUPTED, [INTERRUPTION]);
        await connection.query(HOLD, [token]);
        const asked = await waiting(connection);
        if (asked !== undefined) {
          await connection.query(START, [asked]);
          return { id: asked, token };
        }
        const [{ insertId }] = await connection.query<ResultSetHeader>(SCHEDULE, [requestId]);
        return { id: insertId, token };
      }),

    /** Begins a run that was asked for; undefined where it has begun already, or another one goes on. */
    take: (runId: number, token: string): Promise<Holder | undefined> =>
      cats.transaction(async (connection) => {
        const { held, holder } = await lock(connection);
        if (held && holder !== waitingToken(runId)) return undefined;
        const [{ affectedRows }] = await connection.query<ResultSetHeader>(START, [runId]);
        if (affectedRows === 0) return undefined;
        if (!held) await connection.query(INTERRUPT_OTHERS, [INTERRUPTION, runId]);
        await connection.query(HOLD, [token]);
        return { id: runId, token };
      }),

    /** False where the lease was lost. */
    async renew({ token }: Holder): Promise<boolean> {
      const [{ affectedRows }] = await cats.query<ResultSetHeader>(RENEW, [token]);
      return affectedRows === 1;
    },

    /**
     * One transaction that publishes and ends the run well. `work` says what changed; it runs only while the lease is still this run's, and nobody
     * else can take it meanwhile. Throws where it was lost.
     */
    succeed: (
      run: Holder,
      upstream: UpstreamKind,
      work: (connection: Connection) => Promise<{ counts: Counts; changed: boolean }>,
    ): Promise<Counts> =>
      cats.transaction(async (connection) => {
        const { held, holder } = await lock(connection);
        if (!held || holder !== run.token) throw new Error(LEASE_LOST);
        const { counts, changed } = await work(connection);
        await connection.query(PUBLISHED, [changed ? 1 : 0, upstream]);
        await connection.query(SUCCEED, [upstream, JSON.stringify(counts), run.id]);
        await connection.query(RELEASE, [run.token]);
        return counts;
      }),

    /** `work` gets the version that is published, and nobody publishes another one before it has ended. */
    whilePublished: (work: (version: number) => Promise<void>): Promise<void> =>
      cats.transaction(async (connection) => work((await lock(connection)).version)),

    /** The same for who cannot wait: `work` is left out where somebody publishes just now, or begins a run. */
    unlessPublishing: (work: (version: number) => Promise<void>): Promise<void> =>
      cats.transaction(async (connection) => {
        const [[row]] = await connection.query<(RowDataPacket & { version: number })[]>(LOCK_IF_FREE);
        if (row) await work(row.version);
      }),

    /** Does nothing where the run has ended already. */
    fail: (run: Holder, upstream: UpstreamKind | null, error: string): Promise<void> =>
      cats.transaction(async (connection) => {
        // In the order of everybody else's locks.
        await connection.query(RELEASE, [run.token]);
        await connection.query(FAIL, [upstream, error.slice(0, ERROR_LENGTH), run.id]);
      }),

    noteDue: (at: Date) => cats.query(DUE, [at]),
    forgetOld: () => cats.query(FORGET),
  };
}

/** Holds the lease for a run that was asked for, until its function takes it. */
const waitingToken = (runId: number) => `requested ${runId}`;

async function lock(connection: Connection): Promise<{ version: number; held: boolean; holder: string | null }> {
  const [[row]] = await connection.query<(RowDataPacket & { version: number; lease_token: string | null; held: 0 | 1 | null })[]>(LOCK);
  return { version: row?.version ?? 0, held: row?.held === 1, holder: row?.lease_token ?? null };
}

/** The run that was asked for and has not begun. */
async function waiting(connection: Connection): Promise<number | undefined> {
  const [[row]] = await connection.query<(RowDataPacket & { id: number | null })[]>(WAITING);
  return row?.id ?? undefined;
}
