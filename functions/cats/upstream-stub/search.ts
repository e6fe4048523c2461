// `/v1/images/search`: which pictures, in which order, and how they are told.
import type { BreedRow } from './breeds/row.ts';
import type { Catalogue } from './catalogue.ts';
import type { Category } from './categories.ts';
import type { Image } from './images.ts';
import { type Paging, page, paginationHeaders, wholeNumber } from './listing.ts';

const LIMIT_WITH_KEY = 100;
const LIMIT_WITHOUT_KEY = 10;

export interface ImageRow {
  readonly id: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly breeds?: readonly BreedRow[];
  readonly categories?: readonly Category[];
}

interface Asked {
  readonly query: URLSearchParams;
  readonly authenticated: boolean;
  readonly origin: string;
  /** From 0 up to 1, for a random order. */
  readonly random: () => number;
}

export function search(catalogue: Catalogue, { query, authenticated, origin, random }: Asked) {
  const found = catalogue.images.filter(filterOf(query));
  const limit = Math.min(wholeNumber(query.get('limit')) || 1, authenticated ? LIMIT_WITH_KEY : LIMIT_WITHOUT_KEY);
  const paging: Paging = { limit, page: wholeNumber(query.get('page')) ?? 0 };
  const row = (image: Image) => imageRow(image, catalogue, origin, query);
  switch (query.get('order')?.toUpperCase()) {
    case 'ASC':
      return { rows: page(found, paging).map(row), headers: paginationHeaders(found.length, paging) };
    case 'DESC':
      return { rows: page(found.toReversed(), paging).map(row), headers: paginationHeaders(found.length, paging) };
    default:
      // Pages of a random order mean nothing: there the original sends no headers for them either.
      return { rows: page(shuffled(found, random), { limit, page: 0 }).map(row), headers: {} };
  }
}

export function imageRow(image: Image, { breeds, categories }: Catalogue, origin: string, query = new URLSearchParams()): ImageRow {
  const { id, width, height, breedIds, categoryIds } = image;
  const shown = (parameter: string) => query.get(parameter) !== '0' && query.get(parameter) !== 'false';
  return {
    id,
    url: `${origin}/images/${id}.svg`,
    width,
    height,
    ...(shown('include_breeds') ? { breeds: breeds.filter((breed) => breedIds.includes(breed.id)) } : {}),
    ...(shown('include_categories') && categoryIds.length > 0
      ? { categories: categories.filter((category) => categoryIds.includes(category.id)) }
      : {}),
  };
}

function filterOf(query: URLSearchParams): (image: Image) => boolean {
  const breedIds = list(query.get('breed_ids'));
  const categoryIds = list(query.get('category_ids'))?.map(Number);
  const mimeTypes = list(query.get('mime_types'));
  const hasBreeds = query.get('has_breeds');
  return (image) =>
    (!breedIds || image.breedIds.some((id) => breedIds.includes(id))) &&
    (!categoryIds || image.categoryIds.some((id) => categoryIds.includes(id))) &&
    // Drawings stand for photographs: only who wants nothing but animations gets none.
    (!mimeTypes || mimeTypes.some((type) => type !== 'gif')) &&
    (hasBreeds === null || image.breedIds.length > 0 === (hasBreeds === '1' || hasBreeds === 'true'));
}

const list = (text: string | null): string[] | undefined => (text ? text.split(',') : undefined);

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
