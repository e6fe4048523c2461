// The four jobs' tables: what is published, where a run stages it, and what a row consists of.
import type { Job } from '../routes.ts';

export interface JobTable {
  readonly job: Job;
  readonly published: string;
  readonly staged: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Rows exist only beside their parent. */
  readonly parent?: { readonly table: string; readonly key: string };
}

/** Parents before children. */
export const tables: readonly JobTable[] = [
  { job: 'breeds', published: 'breeds', staged: 'staged_breeds', key: ['id'], columns: ['name', 'description', 'origin', 'temperament'] },
  {
    job: 'breedImages',
    published: 'breed_images',
    staged: 'staged_breed_images',
    key: ['breed_id', 'id'],
    columns: ['url', 'position'],
    parent: { table: 'breeds', key: 'breed_id' },
  },
  { job: 'categories', published: 'categories', staged: 'staged_categories', key: ['id'], columns: ['name'] },
  {
    job: 'categoryImages',
    published: 'category_images',
    staged: 'staged_category_images',
    key: ['category_id', 'id'],
    columns: ['url', 'position'],
    parent: { table: 'categories', key: 'category_id' },
  },
];
