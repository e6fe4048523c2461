// Everything that the query API of cats says, and what it has to say of an upstream.
import type { Breed, BreedName, Category, CategoryName, Image } from '../../../functions/cats/routes.ts';

export interface Served {
  readonly breeds: readonly Breed[];
  readonly categories: readonly Category[];
  readonly images: readonly Image[];
}

/** Breeds by what they can be searched by. */
export interface Found {
  readonly byOrigin: Readonly<Record<string, readonly BreedName[]>>;
  readonly byTemperament: Readonly<Record<string, readonly BreedName[]>>;
}

/** The JSON that a path answers. */
export type Get = <Value>(path: string) => Promise<Value>;

const PAGE = 100;

export async function served(get: Get): Promise<Served> {
  const names = await get<BreedName[]>('/api/v1/breeds');
  const categoryNames = await get<CategoryName[]>('/api/v1/categories');
  const breeds = await Promise.all(names.map(({ id }) => get<Breed>(`/api/v1/breeds/${id}`)));
  const categories = await Promise.all(categoryNames.map(({ id }) => get<Category>(`/api/v1/categories/${id}`)));
  const images: Image[] = [];
  for (let page = 0, rows: Image[] = []; page === 0 || rows.length === PAGE; page++) {
    rows = await get<Image[]>(`/api/v1/images?limit=${PAGE}&page=${page}`);
    images.push(...rows);
  }
  return { breeds, categories, images };
}

export async function found(get: Get, { breeds }: Served): Promise<Found> {
  const by = async (parameter: string, values: ReadonlySet<string>) =>
    Object.fromEntries(
      await Promise.all(
        [...values].map(async (value) => [value, await get<BreedName[]>(`/api/v1/breeds?${new URLSearchParams({ [parameter]: value })}`)]),
      ),
    );
  const { origins, temperaments } = filtersOf(breeds);
  return { byOrigin: await by('origin', origins), byTemperament: await by('temperament', temperaments) };
}

type Row = Readonly<Record<string, unknown>>;

/** Asked of the upstream without the synchroniser's help. */
export async function toldBy(url: string): Promise<Served> {
  const rows = async (path: string) => (await (await fetch(`${url}${path}`, { headers: { 'x-api-key': 'any' } })).json()) as Row[];
  const images = async (query: string, limit: number) =>
    (await rows(`/images/search?${query}&order=ASC&limit=${limit}`)).map(({ id, url: at }) => ({ id, url: at }) as Image);
  const breeds = await Promise.all(
    (await rows('/breeds')).map(
      async ({ id, name, description, origin, temperament }) =>
        ({ id, name, description, origin, temperament, images: await images(`breed_ids=${id}`, 3) }) as Breed,
    ),
  );
  const categories = await Promise.all(
    (await rows('/categories')).map(async ({ id, name }) => {
      const shown = name === 'hats' || name === 'sunglasses';
      return { id, name, images: shown ? await images(`category_ids=${id}`, PAGE) : [] } as Category;
    }),
  );
  return {
    breeds: breeds.toSorted(byName),
    categories: categories.toSorted(byName),
    images: [...breeds, ...categories].flatMap((owner) => owner.images).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  };
}

export function foundIn({ breeds }: Served): Found {
  const named = (of: (breed: Breed) => boolean) => breeds.filter(of).map(({ id, name }) => ({ id, name }));
  const { origins, temperaments } = filtersOf(breeds);
  return {
    byOrigin: Object.fromEntries([...origins].map((value) => [value, named(({ origin }) => origin === value)])),
    byTemperament: Object.fromEntries(
      [...temperaments].map((value) => [value, named(({ temperament }) => temperament.split(', ').includes(value))]),
    ),
  };
}

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);

const filtersOf = (breeds: readonly Breed[]) => ({
  origins: new Set(breeds.map(({ origin }) => origin)),
  temperaments: new Set(breeds.flatMap(({ temperament }) => temperament.split(', '))),
});
