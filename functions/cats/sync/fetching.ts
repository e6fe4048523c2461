// The four jobs of a run: what the upstream has, row by row checked, is staged.
import type * as z from 'zod';
import type { Job } from '../routes.ts';
import type { Upstream } from '../upstream/client.ts';
import { BreedRow, CategoryRow, ImageRow, type Sorted, sorted } from '../upstream/rows.ts';
import type { StagedRow, Staging } from './staging.ts';

export interface Fetched {
  readonly refused: Readonly<Record<Job, number>>;
  readonly uncertain: ReadonlySet<Job>;
}

const PAGE = 100;
const IMAGES_OF_A_BREED = 3;
const IMAGES_OF_A_CATEGORY = 100;
const CATEGORIES_WITH_IMAGES = ['hats', 'sunglasses'];
/** Breeds whose images are asked for at once: kind to the upstream, and a run of a hundred breeds takes seconds. */
const AT_ONCE = 4;

export async function fetchAll(upstream: Upstream, staging: Staging, runId: number): Promise<Fetched> {
  const refused: Record<Job, number> = { breeds: 0, breedImages: 0, categories: 0, categoryImages: 0 };
  const uncertain = new Set<Job>();
  const note = (job: Job, { broken, unreadable }: Sorted<unknown>) => {
    refused[job] += broken.length + unreadable;
    if (unreadable > 0) uncertain.add(job);
  };

  async function images(job: Job, owner: string | number, query: Readonly<Record<string, string>>, most: number): Promise<void> {
    const rows = await upstream.list({ path: '/images/search', query: { ...query, order: 'ASC' }, limit: Math.min(most, PAGE), most });
    const images = sorted<z.infer<typeof ImageRow>>(rows, ImageRow);
    note(job, images);
    const places = placesOf(rows);
    await staging.stage(runId, job, [
      ...images.good.map(({ id, url }): StagedRow => ({ key: [owner, id], values: [url, places.get(id) ?? places.size] })),
      ...images.broken.map((id): StagedRow => ({ key: [owner, id], values: undefined })),
    ]);
  }

  const breeds = sorted<z.infer<typeof BreedRow>>(await upstream.list({ path: '/breeds', limit: PAGE }), BreedRow);
  note('breeds', breeds);
  await staging.stage(runId, 'breeds', [
    ...breeds.good.map(({ id, name, description, origin, temperament }) => ({
      key: [id],
      values: [name, description, origin, temperament],
    })),
    ...breeds.broken.map((id) => ({ key: [id], values: undefined })),
  ]);
  // A broken breed stays published as it was, and so do its images if the upstream has them still.
  const breedIds = [...breeds.good.map(({ id }) => id), ...breeds.broken.map(String)];
  await eachOf(breedIds, AT_ONCE, (id) => images('breedImages', id, { breed_ids: id }, IMAGES_OF_A_BREED));
  // Of breeds that nobody could read, nobody asked for images.
  if (uncertain.has('breeds')) uncertain.add('breedImages');

  const categories = sorted<z.infer<typeof CategoryRow>>(await upstream.list({ path: '/categories', limit: PAGE }), CategoryRow);
  note('categories', categories);
  await staging.stage(runId, 'categories', [
    ...categories.good.map(({ id, name }) => ({ key: [id], values: [name] })),
    ...categories.broken.map((id) => ({ key: [id], values: undefined })),
  ]);
  const shown = categories.good.filter(({ name }) => CATEGORIES_WITH_IMAGES.includes(name));
  await eachOf(shown, AT_ONCE, ({ id }) => images('categoryImages', id, { category_ids: String(id) }, IMAGES_OF_A_CATEGORY));
  // A broken category may be one of those with images.
  if (categories.broken.length > 0 || uncertain.has('categories')) uncertain.add('categoryImages');

  return { refused, uncertain };
}

/** Broken rows have theirs, too: no other one moves when one breaks. */
function placesOf(rows: readonly unknown[]): ReadonlyMap<unknown, number> {
  const places = new Map<unknown, number>();
  for (const row of rows) {
    const id = (row as { id?: unknown } | null)?.id;
    const key = typeof id === 'string' ? id : Symbol('a place that nobody asks for');
    if (!places.has(key)) places.set(key, places.size);
  }
  return places;
}

/** Works on at most `atOnce` items at a time; stops with the first failure, after those under way have ended. */
async function eachOf<Item>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  let failed = false;
  const worker = async () => {
    for (const item of left) {
      if (failed) return;
      await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
