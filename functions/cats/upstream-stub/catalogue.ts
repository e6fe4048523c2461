// What the stub knows: the rows of its lists, in the order in which it gives them.
import { breedFacts } from './breeds/all.ts';
import { type BreedRow, breedRow } from './breeds/row.ts';
import { type Category, categories } from './categories.ts';
import { type Image, images } from './images.ts';

/** Tests hand `answer` a changed one. */
export interface Catalogue {
  readonly breeds: readonly BreedRow[];
  readonly categories: readonly Category[];
  readonly images: readonly Image[];
}

export const bundledCatalogue: Catalogue = { breeds: breedFacts.map(breedRow), categories, images };
