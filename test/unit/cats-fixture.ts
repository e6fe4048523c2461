// The synchroniser's tables in a real database, emptied for each test.
import { runRepository } from '../../functions/cats/run-repository.ts';
import { staging } from '../../functions/cats/sync/staging.ts';
import { tables } from '../../functions/cats/sync/tables.ts';
import { databaseFixture } from './database-fixture.ts';

export async function catsFixture() {
  const fixture = await databaseFixture('cats');
  const { database, admin } = fixture;
  return {
    database,
    admin,
    runs: runRepository(database),
    staging: staging(database),
    /** The lease runs out, as when its holder was killed a while ago. */
    expire: () => admin('UPDATE cats.synchroniser SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE lease_until IS NOT NULL'),
    async rows<Row>(sql: string): Promise<Row[]> {
      return (await admin(sql)) as Row[];
    },
    async empty(): Promise<void> {
      for (const table of ['sync_runs', ...tables.flatMap(({ published, staged }) => [published, staged])])
        await admin(`DELETE FROM cats.${table}`);
      await admin('UPDATE cats.synchroniser SET lease_token = NULL, lease_until = NULL, version = 0, upstream = NULL, due_at = NULL');
    },
    stop: fixture.stop,
  };
}

export type CatsFixture = Awaited<ReturnType<typeof catsFixture>>;

const none = { fetched: 0, refused: 0, added: 0, changed: 0, removed: 0 };
export const noCounts = { breeds: none, breedImages: none, categories: none, categoryImages: none };

export const range = (count: number) => Array.from({ length: count }, (_, n) => n);
export const letter = (n: number) => `b${String(n).padStart(3, '0')}`;

// Staged rows: their keys, and what they say.
export const breed = (id: string, name = id) => ({ key: [id], values: [name, 'd', 'o', 't'] });
export const brokenBreed = (id: string) => ({ key: [id], values: undefined });
export const picture = (breedId: string, id: string, url = `http://${id}`, position = 0) => ({
  key: [breedId, id],
  values: [url, position],
});
export const category = (id: number, name: string) => ({ key: [id], values: [name] });
export const breeds = (count: number, from = 0) => range(count).map((n) => breed(letter(n + from)));
