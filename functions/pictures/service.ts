// The rules of pictures: accept, answer for, replay. No clock, no environment, no SQL: what it needs is handed in.

import type { Database } from '../shared/database.ts';
import { type Answer, bytes, json, Refusal } from '../shared/http/answer.ts';
import { type Attempt, idempotently, replayed } from '../shared/idempotency.ts';
import { log } from '../shared/logging.ts';
import type { Announcer } from './job.ts';
import type { Picture, PictureRepository, State } from './repository.ts';
import { type PictureStorage, sourceKey } from './storage.ts';

/** Base64 makes 4 of 3: results up to this many bytes fit into the 6 MB that a Lambda function may answer, with room for the rest. */
export const MAX_INLINE_BYTES = 4_400_000;

export interface ResizeOrder {
  readonly image: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly fit: string;
  readonly format: string;
}

export interface Dependencies {
  readonly database: Database;
  readonly pictures: PictureRepository;
  readonly storage: PictureStorage;
  readonly announcer: Announcer;
}

export function picturesService({ database, pictures, storage, announcer }: Dependencies) {
  /** 201 once the picture is in S3 and its row committed. The row is its own outbox: whatever becomes of the announcement, the relay sees to it. */
  async function accept(
    id: string,
    { image, width, height, fit, format }: ResizeOrder,
    requestId: string,
    attempt: Attempt,
  ): Promise<Answer> {
    const earlier = await replayed(database, attempt);
    if (earlier) return earlier;
    await storage.put(sourceKey(id), image, 'application/octet-stream');
    const accepted = json({}, 201, { location: `/api/${id}`, identifier: id });
    const answer = await idempotently(database, attempt, async (connection) => {
      await pictures.insert({ id, width, height, fit, format, source_key: sourceKey(id), request_id: requestId }, attempt.now, connection);
      return accepted;
    });
    if (answer === accepted) await announce(id, requestId, attempt.now);
    return answer;
  }

  async function announce(id: string, requestId: string, now: Date): Promise<void> {
    try {
      await announcer.announce({ id, key: sourceKey(id) }, requestId);
      await pictures.announced(id, now);
    } catch (error) {
      log.warn('not announced now, the relay will', error as Error);
    }
  }

  async function find(id: string): Promise<Answer> {
    const { width, height, result_key, result_bytes } = await done(id);
    if (result_bytes > MAX_INLINE_BYTES) return json({}, 303, { location: `/api/${id}/image` });
    const image = Buffer.from(await storage.get(result_key)).toString('base64');
    return json({ height, identifier: id, image, width });
  }

  async function image(id: string): Promise<Answer> {
    const { result_key, result_bytes, format } = await done(id);
    if (result_bytes > MAX_INLINE_BYTES) return json({}, 302, { location: `/${result_key}` });
    return bytes(await storage.get(result_key), `image/${format}`, { 'cache-control': 'private, max-age=3600' });
  }

  /** The picture when it is done; any other state is an answer of its own. */
  async function done(id: string): Promise<Picture & { result_key: string; result_bytes: number }> {
    const picture = await pictures.find(id);
    if (!picture) throw new Refusal(json({ status: 'not found' }, 202));
    const { state, error, result_key, result_bytes } = picture;
    if (state === 'failed') throw new Refusal(json({ status: state, error: error ?? '' }, 422));
    if (state !== 'done' || result_key === null || result_bytes === null) throw new Refusal(json({ status: state }, 202));
    return { ...picture, result_key, result_bytes };
  }

  async function jobs(state: State, limit: number): Promise<Answer> {
    const found = await pictures.list(state, limit);
    return json(
      found.map(({ id, state, error, announcements, created_at, updated_at }) => ({
        identifier: id,
        state,
        error,
        attempts: announcements,
        createdAt: created_at.toISOString(),
        updatedAt: updated_at.toISOString(),
      })),
    );
  }

  async function replay(id: string, requestId: string, attempt: Attempt): Promise<Answer> {
    const queued = json({ status: 'queued' });
    const answer = await idempotently(database, attempt, async (connection) => {
      if (await pictures.requeue(id, attempt.now, connection)) return queued;
      const picture = await pictures.find(id, connection);
      if (!picture) throw new Refusal(json({ message: `There is no job ${id}` }, 404));
      throw new Refusal(json({ message: `Job ${id} has not failed, it is ${picture.state}` }, 409));
    });
    if (answer === queued) await announce(id, requestId, attempt.now);
    return answer;
  }

  return { accept, find, image, jobs, replay };
}
