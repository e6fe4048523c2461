// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): key, answer and effect commit in one transaction.
import { createHash } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { type Connection, codeOf, type Database } from './database.ts';
import { type Answer, json, Refusal } from './http/answer.ts';

const FIND = 'SELECT payload_hash, answer FROM idempotency_keys WHERE id = ? AND expires_at > ?';
const FIND_AND_LOCK = 'SELECT payload_hash, answer FROM idempotency_keys WHERE id = ? FOR UPDATE NOWAIT';
const FORGET_EXPIRED = 'DELETE FROM idempotency_keys WHERE id = ? AND expires_at <= ?';
const STORE = 'INSERT INTO idempotency_keys (id, payload_hash, answer, expires_at) VALUES (?, ?, ?, ?)';

const DAY_MS = 86_400_000;
const MAX_KEY_LENGTH = 255;
/** `FOR UPDATE NOWAIT` on a locked row: MySQL says 3572, MariaDB 1205. A duplicate key at the insert is the same race, lost later. */
const HELD_BY_ANOTHER = new Set([3572, 1205, 1062]);

export interface Attempt {
  /** The header's value; undefined where the client sent none. */
  readonly key: string | undefined;
  /** Keys of different routes never meet. */
  readonly scope: string;
  readonly payload: string;
  readonly now: Date;
}

type KeyRow = RowDataPacket & { payload_hash: string; answer: string };

/**
 * Runs `effect` in a transaction, once per key. The same key with the same payload gets the first answer again, marked `Idempotent-Replayed`;
 * with another payload 422; while the first is still running 409. Without a key it is a plain transaction.
 */
export async function idempotently(
  database: Database,
  attempt: Attempt,
  effect: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  if (attempt.key === undefined) return database.transaction(effect);
  if (attempt.key === '' || attempt.key.length > MAX_KEY_LENGTH)
    throw refuse(400, `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
  const id = sha256(`${attempt.scope}\n${attempt.key}`);
  const hash = sha256(attempt.payload);
  try {
    return await database.transaction(async (connection) => {
      await connection.query(FORGET_EXPIRED, [id, attempt.now]);
      const [[earlier]] = await connection.query<KeyRow[]>(FIND_AND_LOCK, [id]).catch(conflict);
      if (earlier) return replay(earlier, hash);
      const answer = await effect(connection);
      await connection.query(STORE, [id, hash, JSON.stringify(stored(answer)), new Date(attempt.now.getTime() + DAY_MS)]).catch(conflict);
      return answer;
    });
  } catch (error) {
    if (error instanceof Conflict) throw refuse(409, 'A request with this Idempotency-Key is still running');
    throw error;
  }
}

/** The stored answer of a key, without starting anything: lets a caller skip work that is costly before its transaction. */
export async function replayed(database: Pick<Database, 'query'>, attempt: Attempt): Promise<Answer | undefined> {
  if (attempt.key === undefined) return undefined;
  const [[earlier]] = await database.query<KeyRow[]>(FIND, [sha256(`${attempt.scope}\n${attempt.key}`), attempt.now]);
  return earlier && replay(earlier, sha256(attempt.payload));
}

function replay({ payload_hash, answer }: KeyRow, hash: string): Answer {
  if (payload_hash !== hash) throw refuse(422, 'This Idempotency-Key was used with another payload');
  const { isJson, headers, ...first } = JSON.parse(answer) as StoredAnswer;
  return { ...first, headers: { ...headers, 'Idempotent-Replayed': 'true' }, ...(isJson ? { value: JSON.parse(first.body) } : {}) };
}

type StoredAnswer = Pick<Answer, 'statusCode' | 'headers' | 'body'> & { readonly isJson: boolean };

const stored = ({ statusCode, headers, body, value }: Answer): StoredAnswer => ({ statusCode, headers, body, isJson: value !== undefined });

class Conflict extends Error {}

function conflict(error: unknown): never {
  if (HELD_BY_ANOTHER.has(codeOf(error) ?? 0)) throw new Conflict();
  throw error;
}

const refuse = (status: number, message: string) => new Refusal(json({ message }, status));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
