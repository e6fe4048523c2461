// The SQL of pictures against a real database: conditional changes, and what the outbox relay takes.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PictureRepository, pictureRepository, type State } from '../../functions/pictures/repository.ts';
import type { Database } from '../../functions/shared/database.ts';
import { type DatabaseFixture, databaseFixture } from './database-fixture.ts';

const NOW = new Date('2026-03-29T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

let fixture: DatabaseFixture;
let database: Database;
let pictures: PictureRepository;
beforeAll(async () => {
  fixture = await databaseFixture();
  database = fixture.database;
  pictures = pictureRepository(database);
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.admin('DELETE FROM pictures.pictures'));

async function insert(at = NOW): Promise<string> {
  const id = randomBytes(20).toString('hex');
  const picture = { id, width: 20, height: 10, fit: 'fill', format: 'png', source_key: `sources/${id}`, request_id: 'r' };
  await database.transaction((connection) => pictures.insert(picture, at, connection));
  return id;
}
const state = async (id: string): Promise<State | undefined> => (await pictures.find(id))?.state;

describe('a picture', () => {
  it('is queued, unannounced and without a result at first', async () => {
    const id = await insert();

    expect(await pictures.find(id)).toEqual({
      id,
      state: 'queued',
      width: 20,
      height: 10,
      fit: 'fill',
      format: 'png',
      source_key: `sources/${id}`,
      result_key: null,
      result_bytes: null,
      error: null,
      announcements: 0,
      announced_at: null,
      request_id: 'r',
      created_at: NOW,
      updated_at: NOW,
    });
    expect(await pictures.find(id.toUpperCase())).toBeUndefined();
  });

  it('ends once: of two deliveries the second changes nothing', async () => {
    const id = await insert();

    expect([await pictures.begin(id, NOW), await pictures.begin(id, NOW)]).toEqual([true, false]);
    expect([await pictures.finish(id, 'results/x', 5, NOW), await pictures.finish(id, 'results/y', 6, NOW)]).toEqual([true, false]);
    expect(await pictures.fail(id, 'late', NOW)).toBe(false);
    expect(await pictures.find(id)).toMatchObject({ state: 'done', result_key: 'results/x', result_bytes: 5, error: null });
  });

  it('can be queued again only when it failed, and then begins anew', async () => {
    const id = await insert();
    await pictures.announced(id, NOW);
    const requeue = () => database.transaction((connection) => pictures.requeue(id, NOW, connection));

    expect(await requeue()).toBe(false);
    await pictures.fail(id, 'x'.repeat(600), NOW);
    expect((await pictures.find(id))?.error).toBe('x'.repeat(500));
    expect(await requeue()).toBe(true);
    expect(await pictures.find(id)).toMatchObject({ state: 'queued', error: null, announced_at: null, announcements: 0 });
  });

  it('is listed by state, the latest change first', async () => {
    const [older, newer, done] = [await insert(minutesAgo(2)), await insert(minutesAgo(1)), await insert()];
    await pictures.finish(done, 'results/x', 5, NOW);

    const ids = async (wanted: State, limit: number) => (await pictures.list(wanted, limit)).map(({ id }) => id);
    expect(await ids('queued', 10)).toEqual([newer, older]);
    expect(await ids('queued', 1)).toEqual([newer]);
    expect(await ids('done', 10)).toEqual([done]);
    expect(await ids('failed', 10)).toEqual([]);
  });
});

describe('overdue', () => {
  it('are pictures never announced for a minute, or announced long ago and still without an end', async () => {
    const [unannounced, fresh, lost, travelling, stuck, done] = [
      await insert(minutesAgo(2)),
      await insert(),
      await insert(minutesAgo(30)),
      await insert(minutesAgo(30)),
      await insert(minutesAgo(40)),
      await insert(minutesAgo(40)),
    ];
    await pictures.announced(lost, minutesAgo(16));
    await pictures.announced(travelling, minutesAgo(14));
    await pictures.announced(stuck, minutesAgo(20));
    await pictures.begin(stuck, minutesAgo(19));
    await pictures.announced(done, minutesAgo(39));
    await pictures.finish(done, 'results/x', 5, minutesAgo(38));

    const overdue = await pictures.overdue(minutesAgo(1), minutesAgo(15), 10);
    expect(overdue.map(({ id }) => id).sort()).toEqual([unannounced, lost, stuck].sort());
    expect(await state(fresh)).toBe('queued');
    expect(await state(travelling)).toBe('queued');
  });

  it('begin with the oldest, as many as asked for', async () => {
    const ids = [await insert(minutesAgo(4)), await insert(minutesAgo(3)), await insert(minutesAgo(2))];

    const overdue = await pictures.overdue(minutesAgo(1), minutesAgo(15), 2);
    expect(overdue.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  });
});
