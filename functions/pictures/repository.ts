import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';

export type State = 'queued' | 'processing' | 'done' | 'failed';

export interface Picture {
  readonly id: string;
  readonly state: State;
  readonly width: number;
  readonly height: number;
  readonly fit: string;
  readonly format: string;
  readonly source_key: string;
  readonly result_key: string | null;
  readonly result_bytes: number | null;
  readonly error: string | null;
  readonly announcements: number;
  readonly request_id: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export type NewPicture = Pick<Picture, 'id' | 'width' | 'height' | 'fit' | 'format' | 'source_key' | 'request_id'>;

const INSERT =
  'INSERT INTO pictures (id, width, height, fit, format, source_key, request_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)';
const FIND = 'SELECT * FROM pictures WHERE id = ?';
const LIST = 'SELECT * FROM pictures WHERE state = ? ORDER BY updated_at DESC LIMIT ?';
const COUNT = 'SELECT state, COUNT(*) AS count FROM pictures GROUP BY state';
const ANNOUNCED = 'UPDATE pictures SET announced_at = ?, announcements = announcements + 1 WHERE id = ?';
const BEGIN = "UPDATE pictures SET state = 'processing', updated_at = ? WHERE id = ? AND state = 'queued'";
// The two ends are conditional: of two deliveries of one job, the second changes nothing.
const FINISH =
  "UPDATE pictures SET state = 'done', result_key = ?, result_bytes = ?, error = NULL, updated_at = ? WHERE id = ? AND state IN ('queued', 'processing')";
const FAIL = "UPDATE pictures SET state = 'failed', error = ?, updated_at = ? WHERE id = ? AND state IN ('queued', 'processing')";
const REQUEUE =
  "UPDATE pictures SET state = 'queued', error = NULL, announced_at = NULL, announcements = 0, updated_at = ? WHERE id = ? AND state = 'failed'";
const OVERDUE = `SELECT * FROM pictures
  WHERE state IN ('queued', 'processing') AND ((announced_at IS NULL AND updated_at < ?) OR announced_at < ?)
  ORDER BY updated_at LIMIT ?`;

type Row = Picture & RowDataPacket;

export type PictureRepository = ReturnType<typeof pictureRepository>;

export function pictureRepository(pictures: Database) {
  const change = async (sql: string, values: unknown[], connection: Pick<Connection, 'query'> = pictures): Promise<boolean> => {
    const [result] = await connection.query<ResultSetHeader>(sql, values);
    return result.affectedRows === 1;
  };

  return {
    insert: ({ id, width, height, fit, format, source_key, request_id }: NewPicture, now: Date, connection: Connection) =>
      change(INSERT, [id, width, height, fit, format, source_key, request_id, now, now], connection),

    async find(id: string, connection: Pick<Connection, 'query'> = pictures): Promise<Picture | undefined> {
      const [[row]] = await connection.query<Row[]>(FIND, [id]);
      return row;
    },
    async list(state: State, limit: number): Promise<readonly Picture[]> {
      const [rows] = await pictures.query<Row[]>(LIST, [state, limit]);
      return rows;
    },
    async countByState(): Promise<Partial<Record<State, number>>> {
      const [rows] = await pictures.query<({ state: State; count: number } & RowDataPacket)[]>(COUNT);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    announced: (id: string, now: Date) => change(ANNOUNCED, [now, id]),
    begin: (id: string, now: Date) => change(BEGIN, [now, id]),
    finish: (id: string, resultKey: string, bytes: number, now: Date) => change(FINISH, [resultKey, bytes, now, id]),
    fail: (id: string, error: string, now: Date) => change(FAIL, [error.slice(0, 500), now, id]),
    requeue: (id: string, now: Date, connection: Connection) => change(REQUEUE, [now, id], connection),

    /** Jobs that nobody may be working on: never announced since before `unannouncedBefore`, or announced before `announcedBefore`. */
    async overdue(unannouncedBefore: Date, announcedBefore: Date, limit: number): Promise<readonly Picture[]> {
      const [rows] = await pictures.query<Row[]>(OVERDUE, [unannouncedBefore, announcedBefore, limit]);
      return rows;
    },
  };
}
