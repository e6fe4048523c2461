// Other data for a job: what changed, is new or has gone upstream.
import type { Job } from '../../../functions/cats/routes.ts';
import type { Catalogue } from '../../../functions/cats/upstream-stub/catalogue.ts';

/** What the rows of each job are made from: of pictures `breedIds` and `categoryIds` say where they belong. */
export interface JobRows {
  breeds: Catalogue['breeds'][number];
  breedImages: Catalogue['images'][number];
  categories: Catalogue['categories'][number];
  categoryImages: Catalogue['images'][number];
}

export type Alteration<Changed extends Job> = (rows: readonly JobRows[Changed][]) => readonly JobRows[Changed][];

export function altered<Changed extends Job>(catalogue: Catalogue, job: Changed, alteration: Alteration<Changed>): Catalogue {
  const alter = alteration as (rows: readonly unknown[]) => readonly never[];
  const ofBreeds = catalogue.images.filter(({ breedIds }) => breedIds.length > 0);
  const others = catalogue.images.filter(({ breedIds }) => breedIds.length === 0);
  switch (job) {
    case 'breedImages':
      return { ...catalogue, images: [...alter(ofBreeds), ...others] };
    case 'categoryImages':
      return { ...catalogue, images: [...ofBreeds, ...alter(others)] };
    default:
      return { ...catalogue, [job]: alter(catalogue[job as 'breeds' | 'categories']) };
  }
}
