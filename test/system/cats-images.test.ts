// `GET /api/v1/categories/` and `GET /api/v1/images/`: pictures by category, by breed, and page by page.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Breed, Category, Image } from '../../functions/cats/routes.ts';
import { allBreeds, allCategories, BAD_REQUEST, encoded, get, NOT_FOUND, ok, page, pages } from './cats-client.ts';

let breeds: Breed[];
let categories: Category[];
let every: Image[];
beforeAll(async () => {
  breeds = await allBreeds();
  categories = await allCategories();
  const told = [...breeds, ...categories].flatMap(({ images }) => images);
  every = [...new Map(told.map((image) => [image.id, image])).values()].sort(byId);
});

const byId = (one: Image, other: Image) => (one.id < other.id ? -1 : 1);
const shown = () => categories.filter(({ images }) => images.length > 0);

describe('categories', () => {
  test('are listed by name, with id and name and nothing else', async () => {
    const names = categories.map(({ id, name }) => ({ id, name }));

    expect(await get('/api/v1/categories/')).toEqual(ok(names));
    expect(await get('/api/v1/categories')).toEqual(ok(names));
    expect(names.map(({ name }) => name)).toEqual(names.map(({ name }) => name).sort());
  });

  test('have their pictures: hats and sunglasses do, no other does', async () => {
    expect(shown().map(({ name }) => name)).toEqual(['hats', 'sunglasses']);
    for (const category of categories) {
      expect(await get(`/api/v1/categories/${category.id}/`)).toEqual(ok(category));
      expect(Object.keys(category)).toEqual(['id', 'name', 'images']);
      for (const image of category.images) expect(image).toEqual({ id: expect.any(String), url: expect.stringMatching(/^https?:\/\//) });
    }
  });

  test.each(['999999', '-1', '0x1', '1.0', '01', '1e0', ' 1', '1 ', 'hats', '99999999999999999999', 'null', "1' OR 1=1"])(
    'with the id %j are not found',
    async (id) => {
      expect(await get(`/api/v1/categories/${encoded(id)}`)).toEqual(NOT_FOUND);
    },
  );

  test('take no parameters', async () => {
    expect(await get('/api/v1/categories/?foo=1')).toEqual(BAD_REQUEST);
  });
});

describe('pages of pictures', () => {
  test.each([1, 7, 20, 99, 100])('of %i hold every picture once, by id', async (limit) => {
    const found = await pages(`?limit=${limit}`);

    expect(found.flatMap(({ images }) => images)).toEqual(every);
    expect(found.map(({ headers }) => headers)).toEqual(found.map((_, number) => ({ count: every.length, page: number, limit })));
    expect(found.map(({ images }) => images.length)).toEqual(found.map((_, number) => Math.min(limit, every.length - number * limit)));
    expect(found.map(({ next }) => next)).toEqual(
      found.map((_, number) => (number < found.length - 1 ? `/api/v1/images/?limit=${limit}&page=${number + 1}` : undefined)),
    );
  });

  test('hold 20 unless they are asked for another number', async () => {
    expect(await page('/api/v1/images')).toEqual(await page('/api/v1/images/?limit=20&page=0'));
  });

  test('after the last are empty', async () => {
    for (const number of [every.length, 1_000_000])
      expect(await page(`/api/v1/images/?limit=1&page=${number}`)).toEqual({
        images: [],
        headers: { count: every.length, page: number, limit: 1 },
        next: undefined,
      });
  });

  test.each(['0', '-1', '101', '1.5', 'abc', '', '1e1', '0x10', '+5', ' 5', '5 ', '5\n', '٣', '99999999999999999999', 'null', 'true'])(
    'of limit=%j are refused, and so is such a page',
    async (text) => {
      expect(await get(`/api/v1/images/?limit=${encoded(text)}`)).toEqual(BAD_REQUEST);
      if (text !== '0' && text !== '101') expect(await get(`/api/v1/images/?page=${encoded(text)}`)).toEqual(BAD_REQUEST);
    },
  );

  test.each(['foo=1', 'Limit=1', 'offset=0', 'breed_id=a', 'err=boom'])('take no other parameter: %s', async (query) => {
    expect(await get(`/api/v1/images/?${query}`)).toEqual(BAD_REQUEST);
  });
});

describe('pictures', () => {
  const found = async (query: string) => (await pages(query)).flatMap(({ images }) => images);

  test('of a breed', async () => {
    for (const { id, images } of breeds.slice(0, 10)) expect(await found(`?breed=${id}&limit=2`)).toEqual(images.toSorted(byId));
  });

  test('of a category', async () => {
    for (const { id, images } of categories) expect(await found(`?category=${id}&limit=3`)).toEqual(images.toSorted(byId));
  });

  test('of both are those that both have', async () => {
    const [breed, category] = [breeds[0] as Breed, shown()[0] as Category];
    const both = breed.images.filter(({ id }) => category.images.some((image) => image.id === id));
    expect(await found(`?breed=${breed.id}&category=${category.id}`)).toEqual(both);
  });

  test('of an empty breed and an empty category are all', async () => {
    expect(await found('?breed=&category=&limit=100')).toEqual(every);
  });

  test('keep their filter on the next page', async () => {
    const { id } = breeds.find(({ images }) => images.length > 1) as Breed;
    expect((await page(`/api/v1/images/?breed=${id}&limit=1`)).next).toBe(`/api/v1/images/?breed=${id}&limit=1&page=1`);
  });

  test.each(['breed=nobody', 'category=999999', 'category=hats', 'breed=%20', 'category=1%20'])(
    'of none are not found: %s',
    async (query) => {
      expect(await get(`/api/v1/images/?${query}`)).toEqual(NOT_FOUND);
    },
  );

  test('of a breed and no category, or the other way round, are not found', async () => {
    const [breed, category] = [breeds[0] as Breed, categories[0] as Category];
    expect(await get(`/api/v1/images/?breed=${breed.id}&category=999999`)).toEqual(NOT_FOUND);
    expect(await get(`/api/v1/images/?breed=nobody&category=${category.id}`)).toEqual(NOT_FOUND);
  });
});
