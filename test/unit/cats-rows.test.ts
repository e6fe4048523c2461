// Rows of an upstream: what is good, what is broken, and what cannot even be named.
import { describe, expect, it, test } from 'vitest';
import { BreedRow, CategoryRow, ImageRow, sorted } from '../../functions/cats/upstream/rows.ts';

const breed = { id: 'abys', name: 'Abyssinian', description: 'Ticked.', origin: 'Egypt', temperament: 'Active, Gentle' };
const breeds = (...rows: unknown[]) => sorted<{ id: string; name: string }>(rows, BreedRow);

describe('a breed', () => {
  it('is taken with fields that nobody has heard of, and without them', () => {
    expect(breeds({ ...breed, weight: { metric: '3 - 5' }, image: null }).good).toEqual([breed]);
  });

  it('loses spaces around its texts, and has a description of nothing where there is none', () => {
    const { description: _, ...bare } = breed;
    expect(breeds({ ...bare, name: '  Abyssinian ', origin: '\tEgypt\n' }).good).toEqual([{ ...breed, description: '' }]);
  });

  test.each([
    ['Active,Gentle', 'Active, Gentle'],
    ['  Active ,,  Gentle , ', 'Active, Gentle'],
    ['Active', 'Active'],
    ['', ''],
    [' , ', ''],
    ['Easy Going,Sweet', 'Easy Going, Sweet'],
  ])('has one way to write a list: %j', (written, temperament) => {
    expect(breeds({ ...breed, temperament: written }).good).toEqual([{ ...breed, temperament }]);
  });

  test.each<[string, object]>([
    ['no name', { name: undefined }],
    ['an empty name', { name: ' ' }],
    ['a number for a name', { name: 5 }],
    ['a name of 201 characters', { name: 'x'.repeat(201) }],
    ['no origin', { origin: null }],
    ['a list for its temperament', { temperament: ['Active'] }],
    ['temperaments that are too long once they are spaced', { temperament: 'a,'.repeat(400) }],
    ['a description of 10,001 characters', { description: 'x'.repeat(10_001) }],
  ])('with %s is broken, and its id is known', (_, flaw) => {
    expect(breeds({ ...breed, ...flaw })).toEqual({ good: [], broken: ['abys'], unreadable: 0 });
  });

  test.each<[string, unknown]>([
    ['no id', { ...breed, id: undefined }],
    ['an empty id', { ...breed, id: '' }],
    ['a space in its id', { ...breed, id: 'a b' }],
    ['a number for an id', { ...breed, id: 5 }],
    ['an id of 37 characters', { ...breed, id: 'x'.repeat(37) }],
    ['nothing in it', null],
    ['a text instead', 'abys'],
    ['a list instead', [breed]],
  ])('with %s cannot be read', (_, row) => {
    expect(breeds(row)).toEqual({ good: [], broken: [], unreadable: 1 });
  });
});

test('a broken row does not spoil its neighbours', () => {
  const rows = [breed, { ...breed, id: 'aege', name: null }, null, { ...breed, id: 'bali' }];
  expect(breeds(...rows)).toMatchObject({ good: [{ id: 'abys' }, { id: 'bali' }], broken: ['aege'], unreadable: 1 });
});

test('a row that comes twice counts once, as it came last', () => {
  expect(breeds(breed, { ...breed, name: 'Other' }).good).toEqual([{ ...breed, name: 'Other' }]);
});

test('of a row that comes good and broken nobody knows what is right', () => {
  const bad = { ...breed, name: null };
  for (const rows of [
    [breed, bad],
    [bad, breed],
  ])
    expect(breeds(...rows)).toEqual({ good: [], broken: ['abys'], unreadable: 0 });
});

test('ids of breeds are told apart by case', () => {
  expect(breeds(breed, { ...breed, id: 'ABYS' }).good).toHaveLength(2);
});

test.each<[unknown, boolean]>([
  [0, true],
  [999_999_999, true],
  [1_000_000_000, false],
  [-1, false],
  [1.5, false],
  ['1', false],
  [null, false],
])('the category id %j is one: %s', (id, isOne) => {
  const { good, unreadable } = sorted<{ id: number }>([{ id, name: 'hats' }], CategoryRow);
  expect([good.length, unreadable]).toEqual(isOne ? [1, 0] : [0, 1]);
});

test.each<[unknown, boolean]>([
  ['https://cdn2.thecatapi.com/images/0XYvRd7oD.jpg', true],
  ['http://127.0.0.1:9000/images/abys-1.svg', true],
  ['//cdn/x.jpg', false],
  ['/x.jpg', false],
  ['javascript:alert(1)', false],
  ['data:image/png;base64,AAAA', false],
  ['ftp://cats/x.jpg', false],
  [`https://cats/${'x'.repeat(2_000)}`, false],
  [undefined, false],
])('the address %j is a picture’s: %s', (url, isOne) => {
  const { good, broken } = sorted<{ id: string }>([{ id: 'a', url }], ImageRow);
  expect([good.length, broken]).toEqual(isOne ? [1, []] : [0, ['a']]);
});
