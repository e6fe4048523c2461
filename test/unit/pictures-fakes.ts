// A repository, a storage and an announcer in memory, for the rules of pictures.
import type { Announcer, Job } from '../../functions/pictures/job.ts';
import type { Picture, PictureRepository } from '../../functions/pictures/repository.ts';
import type { PictureStorage } from '../../functions/pictures/storage.ts';
import type { Database } from '../../functions/shared/database.ts';

export const NOW = new Date('2026-03-29T12:00:00.000Z');

export const aPicture = (changes: Partial<Picture> = {}): Picture => ({
  id: 'a'.repeat(40),
  state: 'queued',
  width: 20,
  height: 10,
  fit: 'fill',
  format: 'png',
  source_key: `sources/${'a'.repeat(40)}`,
  result_key: null,
  result_bytes: null,
  error: null,
  announcements: 0,
  request_id: 'r1',
  created_at: NOW,
  updated_at: NOW,
  ...changes,
});

export interface Fakes {
  readonly rows: Map<string, Picture>;
  readonly objects: Map<string, { bytes: Uint8Array; contentType: string }>;
  readonly announced: (Job & { requestId: string })[];
  /** What happened, in order. */
  readonly events: string[];
  readonly database: Database;
  readonly pictures: PictureRepository;
  readonly storage: PictureStorage;
  readonly announcer: Announcer;
  /** The next call of that name fails so. */
  breakNext(name: string, error: Error): void;
}

export function fakes(...existing: readonly Picture[]): Fakes {
  const rows = new Map(existing.map((row) => [row.id, row]));
  const objects: Fakes['objects'] = new Map();
  const announced: Fakes['announced'] = [];
  const events: string[] = [];
  const broken = new Map<string, Error>();

  function happens(name: string, detail = ''): void {
    const error = broken.get(name);
    broken.delete(name);
    events.push(error ? `${name} fails` : `${name}${detail && ` ${detail}`}`);
    if (error) throw error;
  }
  const change = (id: string, from: readonly string[], changes: Partial<Picture>): boolean => {
    const row = rows.get(id);
    if (!row || !from.includes(row.state)) return false;
    rows.set(id, { ...row, ...changes });
    return true;
  };
  const open = ['queued', 'processing'];

  return {
    rows,
    objects,
    announced,
    events,
    breakNext: (name, error) => void broken.set(name, error),
    // Without an Idempotency-Key nothing but `transaction` is asked of it.
    database: {
      async transaction(work) {
        happens('begin transaction');
        const result = await work({ query: undefined as never });
        happens('commit');
        return result;
      },
      query: undefined as never,
      call: undefined as never,
    },
    pictures: {
      async insert(picture, now) {
        happens('insert');
        rows.set(picture.id, aPicture({ ...picture, created_at: now, updated_at: now }));
        return true;
      },
      find: async (id) => rows.get(id),
      list: async (state, limit) => [...rows.values()].filter((row) => row.state === state).slice(0, limit),
      async countByState() {
        const byState = Map.groupBy(rows.values(), ({ state }) => state);
        return Object.fromEntries([...byState].map(([state, { length }]) => [state, length]));
      },
      async announced(id) {
        happens('mark announced', id.slice(0, 1));
        return change(id, open, { announcements: (rows.get(id)?.announcements ?? 0) + 1 });
      },
      async begin(id, now) {
        happens('begin');
        return change(id, ['queued'], { state: 'processing', updated_at: now });
      },
      async finish(id, result_key, result_bytes, now) {
        happens('finish');
        return change(id, open, { state: 'done', result_key, result_bytes, updated_at: now });
      },
      async fail(id, error, now) {
        happens('fail', error);
        return change(id, open, { state: 'failed', error, updated_at: now });
      },
      async requeue(id, now) {
        return change(id, ['failed'], { state: 'queued', error: null, announcements: 0, updated_at: now });
      },
      async overdue(unannouncedBefore, announcedBefore, limit) {
        happens('look for overdue', `${unannouncedBefore.toISOString()} ${announcedBefore.toISOString()} ${limit}`);
        return [...rows.values()].filter(({ state }) => open.includes(state));
      },
    },
    storage: {
      async put(key, bytes, contentType) {
        happens('put', key.split('/')[0]);
        objects.set(key, { bytes, contentType });
      },
      async get(key) {
        happens('get', key.split('/')[0]);
        const object = objects.get(key);
        if (!object) throw new Error(`no object ${key}`);
        return object.bytes;
      },
    },
    announcer: {
      async announce(job, requestId) {
        happens('announce', job.id.slice(0, 1));
        announced.push({ ...job, requestId });
      },
    },
  };
}
