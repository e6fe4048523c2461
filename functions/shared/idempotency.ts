// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): key, answer and effect commit in one transaction.
import { createHash, randomUUID } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { type Connection, codeOf, type Database } from './database.ts';
import { type Answer, json, Refusal } from './http/answer.ts';
import type { RequestOf, Route } from './http/route.ts';

const FIND = 'SELECT payload_hash, answer, expires_at FROM idempotency_keys WHERE id = ?';
/** Sees also what is not committed yet, as a lock. */
const FIND_OR_FAIL = `${FIND} FOR UPDATE NOWAIT`;
const FORGET = 'DELETE FROM idempotency_keys WHERE id = ? AND expires_at <= ?';
const FORGET_EXPIRED = 'DELETE FROM idempotency_keys WHERE expires_at <= ? LIMIT 10000';
const CLAIM = "INSERT INTO idempotency_keys (id, payload_hash, answer, expires_at) VALUES (?, ?, '', ?)";
/** A row for its own sake, expired from the beginning: its commit waits for the log, with all that was committed before it. */
const SETTLE = "INSERT INTO idempotency_keys (id, payload_hash, answer, expires_at) VALUES (?, '', '', ?)";
const STORE = 'UPDATE idempotency_keys SET answer = ? WHERE id = ?';

const DAY_MS = 86_400_000;
const MAX_KEY_LENGTH = 255;
/** `FOR UPDATE NOWAIT` on a locked row: MySQL says 3572, MariaDB 1205. */
const LOCKED = new Set([3572, 1205]);
const DUPLICATE = 1062;

export interface Attempt {
  /** The header's value; undefined where the client sent none. */
  readonly key: string | undefined;
  /** Keys of different routes never meet. */
  readonly scope: string;
  readonly payload: string;
  readonly now: Date;
}

/** The attempt that an HTTP request makes. What the path says belongs to its payload. */
export const attempt = (
  { method, path: scope }: Pick<Route, 'method' | 'path'>,
  { header, path, rawBody }: Pick<RequestOf<Route>, 'header' | 'path' | 'rawBody'>,
  now: Date,
): Attempt => ({
  key: header('idempotency-key'),
  scope: `${method} ${scope}`,
  payload: `${JSON.stringify(path ?? {})}\n${rawBody}`,
  now,
});

type KeyRow = RowDataPacket & { payload_hash: string; answer: string; expires_at: Date };

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
  const earlier = await replayed(database, attempt);
  if (earlier) return earlier;
  const { id, hash } = identify(attempt);
  const expiresAt = new Date(attempt.now.getTime() + DAY_MS);
  try {
    return await database.transaction(async (connection) => {
      // The row is claimed by an insert: locks for a row that is not there yet are locks of a gap, and those of many keys at once are deadlocks.
      await connection.query(CLAIM, [id, hash, expiresAt]).catch(lost);
      const answer = await effect(connection);
      await connection.query(STORE, [JSON.stringify(stored(answer)), id]);
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    return (await replayed(database, attempt)) ?? refuseRunning();
  }
}

/**
 * The stored answer of a key, without starting anything: lets a caller skip work that is costly before its transaction. Throws the refusals of
 * `idempotently`. Outside of any transaction, so that the lock it asks for is gone when it returns.
 */
export async function replayed(database: Pick<Database, 'query'>, attempt: Attempt): Promise<Answer | undefined> {
  if (attempt.key === undefined) return undefined;
  const { id, hash } = identify(attempt);
  const [[earlier]] = await database.query<KeyRow[]>(FIND_OR_FAIL, [id]).catch(async (error: unknown) => {
    if (!LOCKED.has(codeOf(error) ?? 0)) throw error;
    // Held by the first request, which has committed nothing yet, or only looked at by another replay.
    const committed = await database.query<KeyRow[]>(FIND, [id]);
    return committed[0].length > 0 ? committed : refuseRunning();
  });
  if (earlier && earlier.expires_at > attempt.now) {
    const answer = replay(earlier, hash);
    // InnoDB shows a commit to others before it is on disk: a crash could still take back what is told here.
    await database.query(SETTLE, [sha256(randomUUID()), attempt.now]);
    return answer;
  }
  if (earlier) await database.query(FORGET, [id, attempt.now]);
  return undefined;
}

/** Makes room: keys that nobody sends again would stay for ever. */
export async function forgetExpired(database: Pick<Database, 'query'>, now: Date): Promise<void> {
  await database.query(FORGET_EXPIRED, [now]);
}

function identify({ key = '', scope, payload }: Attempt): { id: string; hash: string } {
  if (key === '' || key.length > MAX_KEY_LENGTH) throw refuse(400, `Idempotency-Key must have 1 to ${MAX_KEY_LENGTH} characters`);
  return { id: sha256(`${scope}\n${key}`), hash: sha256(payload) };
}

function replay({ payload_hash, answer }: KeyRow, hash: string): Answer {
  if (payload_hash !== hash) throw refuse(422, 'This Idempotency-Key was used with another payload');
  const { isJson, headers, ...first } = JSON.parse(answer) as StoredAnswer;
  return { ...first, headers: { ...headers, 'Idempotent-Replayed': 'true' }, ...(isJson ? { value: JSON.parse(first.body) } : {}) };
}

type StoredAnswer = Pick<Answer, 'statusCode' | 'headers' | 'body'> & { readonly isJson: boolean };

const stored = ({ statusCode, headers, body, value }: Answer): StoredAnswer => ({ statusCode, headers, body, isJson: value !== undefined });

/** Another request claimed the key between the look and the claim. */
class Lost extends Error {}

function lost(error: unknown): never {
  const code = codeOf(error) ?? 0;
  throw code === DUPLICATE || LOCKED.has(code) ? new Lost() : error;
}

function refuseRunning(): never {
  throw refuse(409, 'A request with this Idempotency-Key is still running');
}

const refuse = (status: number, message: string) => new Refusal(json({ message }, status));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
