import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Connection, Database } from '../shared/database.ts';
import { insertRows } from '../shared/insert-rows.ts';
import { sharedRun } from '../shared/shared-run.ts';
import type { Message, StoredMessage } from './message.ts';

const LAST = "SELECT last FROM sequence WHERE name = 'messages'";
const LAST_LOCKED = `${LAST} FOR UPDATE`;
const ADVANCE = "UPDATE sequence SET last = ? WHERE name = 'messages'";
/** For its own sake: its commit waits for the log, with all that was committed before it. */
const SETTLE = "UPDATE sequence SET last = last + 1 WHERE name = 'settled'";
const STORED_ALREADY = 'SELECT id, message_key FROM messages WHERE message_key IN (?)';
const INSERT = 'INSERT INTO messages (id, message_key, channel, payload, bytes, request_id, received_at) VALUES ?';
const FIND = 'SELECT payload FROM messages WHERE id = ?';

/** What a page or a piece of the history is taken from. */
export interface Range {
  /** Messages after this id … */
  readonly after: number;
  /** … up to this one. */
  readonly through: number;
  /** Undefined: all. */
  readonly channels: readonly string[] | undefined;
  readonly limit: number;
}

export interface Sized {
  readonly id: number;
  readonly bytes: number;
}

export type MessageRepository = ReturnType<typeof messageRepository>;

export function messageRepository(messages: Database) {
  /** The highest id that is known to be on disk. InnoDB shows commits before that. */
  let settled = 0;
  const readLast = sharedRun(async () => {
    const last = await lastOf(messages, LAST);
    if (last > settled) {
      await messages.query(SETTLE);
      settled = last;
    }
    return last;
  });

  return {
    /**
     * Gives ids to messages that have none yet, in their order. The lock of the counter is held until the commit, so nobody ever sees an id while a
     * smaller one is missing. Messages that were stored before come back with the id that they have.
     */
    store: (batch: readonly Message[]): Promise<StoredMessage[]> =>
      messages.transaction(async (connection) => {
        let last = await lastOf(connection, LAST_LOCKED);
        const [rows] = await connection.query<(RowDataPacket & { id: number; message_key: string })[]>(STORED_ALREADY, [
          batch.map(({ key }) => key),
        ]);
        const ids = new Map(rows.map(({ id, message_key }) => [message_key, Number(id)]));
        const fresh = batch.filter(({ key }) => !ids.has(key) && ids.set(key, ++last));
        if (fresh.length > 0) {
          await insertRows(
            connection,
            INSERT,
            fresh.map((message) => row(message, ids.get(message.key) as number)),
          );
          await connection.query<ResultSetHeader>(ADVANCE, [last]);
        }
        return batch.map((message) => ({ ...message, id: ids.get(message.key) as number }));
      }),

    /** The last id, on disk: whoever is told of a message can rely on it. */
    last: readLast,

    /** Ids and sizes, oldest first: to see how many payloads fit before they are read. */
    async sizes({ after, through, channels, limit }: Range): Promise<readonly Sized[]> {
      const [rows] = await messages.query<(RowDataPacket & Sized)[]>(
        `SELECT id, bytes FROM messages WHERE id > ? AND id <= ?${channels ? ' AND channel IN (?)' : ''} ORDER BY id LIMIT ?`,
        [after, through, ...(channels ? [channels] : []), limit],
      );
      return rows.map(({ id, bytes }) => ({ id: Number(id), bytes }));
    },

    /** Whole messages, oldest first. A payload over `maxBytes` is left out. */
    async read({ after, through, channels, limit }: Range, maxBytes: number): Promise<readonly StoredMessage[]> {
      const [rows] = await messages.query<(RowDataPacket & Row)[]>(
        `SELECT id, message_key, channel, IF(bytes > ?, '', payload) AS payload, request_id, received_at
          FROM messages WHERE id > ? AND id <= ?${channels ? ' AND channel IN (?)' : ''} ORDER BY id LIMIT ?`,
        [maxBytes, after, through, ...(channels ? [channels] : []), limit],
      );
      return rows.map(message);
    },

    async find(id: number): Promise<string | undefined> {
      const [[row]] = await messages.query<(RowDataPacket & { payload: string })[]>(FIND, [id]);
      return row?.payload;
    },
  };
}

interface Row {
  readonly id: number;
  readonly message_key: string;
  readonly channel: string;
  readonly payload: string;
  readonly request_id: string;
  readonly received_at: Date;
}

const row = ({ key, channel, text, requestId, at }: Message, id: number) => [
  id,
  key,
  channel,
  text,
  Buffer.byteLength(text),
  requestId,
  new Date(at),
];

const message = ({ id, message_key, channel, payload, request_id, received_at }: Row): StoredMessage => ({
  id: Number(id),
  key: message_key,
  channel,
  text: payload,
  at: received_at.toISOString(),
  requestId: request_id,
});

async function lastOf(connection: Pick<Connection, 'query'>, sql: string): Promise<number> {
  const [[row]] = await connection.query<(RowDataPacket & { last: number })[]>(sql);
  if (!row) throw new Error('the table sequence has no row: the migrations of messages have not run');
  return Number(row.last);
}
