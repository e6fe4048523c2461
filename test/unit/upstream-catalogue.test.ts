// What the stub of thecatapi.com knows.
import { expect, it } from 'vitest';
import { breedFacts } from '../../functions/cats/upstream-stub/breeds/all.ts';
import { bundledCatalogue } from '../../functions/cats/upstream-stub/catalogue.ts';

const { breeds, categories, images } = bundledCatalogue;
const distinct = (values: readonly unknown[]) => new Set(values).size;

it('has at least 60 breeds, by name, each with an id of its own of four letters', () => {
  expect(breeds.length).toBeGreaterThanOrEqual(60);
  expect(distinct(breeds.map(({ id }) => id))).toBe(breeds.length);
  expect(breeds.filter(({ id }) => !/^[a-z]{4}$/.test(id))).toEqual([]);
  const names = breeds.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});

it('writes temperaments as words with a comma and a space between them, none twice', () => {
  expect(breeds.filter(({ temperament }) => !/^[A-Z][a-z]+(, [A-Z][a-z]+)+$/.test(temperament))).toEqual([]);
  expect(breeds.filter(({ temperament }) => distinct(temperament.split(', ')) !== temperament.split(', ').length)).toEqual([]);
});

it('describes each breed in a few sentences of its own', () => {
  expect(distinct(breeds.map(({ description }) => description))).toBe(breeds.length);
  expect(breeds.filter(({ description }) => description.length < 100 || description.length > 400 || !description.endsWith('.'))).toEqual(
    [],
  );
});

it('tells origin, life span and weight in the shape of thecatapi.com', () => {
  for (const breed of breeds) {
    expect(breed).toMatchObject({
      origin: expect.stringMatching(/^[A-Z][A-Za-z ()]+$/),
      country_code: expect.stringMatching(/^[A-Z]{2}$/),
      life_span: expect.stringMatching(/^\d+ - \d+$/),
      weight: { metric: expect.stringMatching(/^\d+ - \d+$/), imperial: expect.stringMatching(/^\d+ - \d+$/) },
      wikipedia_url: expect.stringMatching(/^https:\/\/en\.wikipedia\.org\/wiki\/\S+$/),
    });
  }
  expect(breedFacts.filter(({ kilograms: [least, most] }) => least < 2 || least >= most || most > 11)).toEqual([]);
});

it('keeps levels between 1 and 5 and marks at 0 or 1', () => {
  const numbers = breeds.flatMap((breed) => Object.values(breed).filter((value) => typeof value === 'number'));
  expect(numbers.filter((value) => !Number.isInteger(value) || value < 0 || value > 5)).toEqual([]);
  expect(breeds.find(({ id }) => id === 'sphy')).toMatchObject({ hairless: 1, natural: 0, shedding_level: 1 });
});

it('has the categories with the ids of thecatapi.com', () => {
  expect(Object.fromEntries(categories.map(({ id, name }) => [name, id]))).toEqual({
    boxes: 5,
    clothes: 15,
    hats: 1,
    sinks: 14,
    space: 2,
    sunglasses: 4,
    ties: 7,
  });
});

it('has three pictures of each breed, the first one its reference, and eight of each category', () => {
  expect(distinct(images.map(({ id }) => id))).toBe(images.length);
  for (const { id, reference_image_id } of breeds) {
    const own = images.filter(({ breedIds }) => breedIds.includes(id));
    expect(own).toHaveLength(3);
    expect(own[0]?.id).toBe(reference_image_id);
  }
  for (const { id } of categories) expect(images.filter(({ categoryIds }) => categoryIds.includes(id))).toHaveLength(8);
});
