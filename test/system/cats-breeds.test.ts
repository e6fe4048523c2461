// `GET /api/v1/breeds/`: all breeds by name, filters to the character, and what is refused.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Breed } from '../../functions/cats/routes.ts';
import { JSON_TYPE } from './application.ts';
import { allBreeds, BAD_REQUEST, encoded, get, NOT_FOUND, ok } from './cats-client.ts';

let all: Breed[];
beforeAll(async () => {
  all = await allBreeds();
});

const words = (breed: Breed) => breed.temperament.split(', ');
const named = (breeds: readonly Breed[]) => (breeds.length > 0 ? ok(breeds.map(({ id, name }) => ({ id, name }))) : NOT_FOUND);
/** What the contract says of a temperament: one of the list, or the whole text. */
const ofTemperament = (text: string) => named(all.filter((breed) => words(breed).includes(text) || breed.temperament === text));
const ofOrigin = (text: string) => named(all.filter(({ origin }) => origin === text));
const distinct = (texts: readonly string[]) => [...new Set(texts)];
/** A text and what is nearly that text. */
const nearly = (text: string) => [
  text.toLowerCase(),
  text.toUpperCase(),
  `${text} `,
  ` ${text}`,
  text.slice(0, -1),
  text.slice(1),
  `${text}%`,
  `${text}\0`,
  `${text},`,
  `, ${text}`,
  `${text}${text}`,
];

test('all are listed by name, each with id and name and nothing else', async () => {
  const { body, ...answer } = await get('/api/v1/breeds/');
  const list = JSON.parse(body) as { id: string; name: string }[];

  expect(answer).toEqual({ status: 200, type: JSON_TYPE });
  expect(body).toBe(JSON.stringify(list.map(({ id, name }) => ({ id, name }))));
  expect(list.map(({ name }) => name)).toEqual(list.map(({ name }) => name).sort());
  expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
  expect(list.length).toBeGreaterThanOrEqual(60);
});

test.each(['/api/v1/breeds', '/api/v1/breeds?', '/api/v1/breeds/?', '/api/v1/breeds/?&'])('%s is the same list', async (path) => {
  expect(await get(path)).toEqual(named(all));
});

describe('temperament', () => {
  test('finds each word of a list, wherever it stands there', async () => {
    for (const word of distinct(all.flatMap(words)))
      expect({ word, ...(await get(`/api/v1/breeds/?temperament=${encodeURIComponent(word)}`)) }).toEqual({ word, ...ofTemperament(word) });
  });

  test('finds the whole text', async () => {
    for (const { temperament } of all)
      expect(await get(`/api/v1/breeds?temperament=${encoded(temperament)}`)).toEqual(ofTemperament(temperament));
  });

  test('is exact: case, spaces and parts do not match', async () => {
    const long = all.find((breed) => words(breed).length > 3) as Breed;
    const [first = '', second = '', third = ''] = words(long);
    const others = [
      ...nearly(first),
      ...nearly(second),
      `${first}, ${second}`,
      `${second}, ${third}`,
      `${first},${second}`,
      ...nearly(long.temperament),
    ];
    for (const text of others)
      expect({ text, ...(await get(`/api/v1/breeds/?temperament=${encoded(text)}`)) }).toEqual({ text, ...ofTemperament(text) });
  });

  test.each(['', '%', '_', ',', ', ', '*', "' OR 1=1 -- ", '\\', '猫'])('that nobody has is not found: %j', async (text) => {
    expect(await get(`/api/v1/breeds/?temperament=${encoded(text)}`)).toEqual(NOT_FOUND);
  });

  test('reads a plus as a space', async () => {
    const { temperament } = all.find((breed) => words(breed).length > 1) as Breed;
    expect(await get(`/api/v1/breeds/?temperament=${temperament.replaceAll(' ', '+')}`)).toEqual(ofTemperament(temperament));
  });
});

describe('origin', () => {
  test('finds what has it', async () => {
    for (const origin of distinct(all.map((breed) => breed.origin)))
      expect(await get(`/api/v1/breeds/?origin=${encodeURIComponent(origin)}`)).toEqual(ofOrigin(origin));
  });

  test('is exact: case, spaces and parts do not match', async () => {
    for (const text of nearly((all[0] as Breed).origin))
      expect(await get(`/api/v1/breeds/?origin=${encoded(text)}`)).toEqual(ofOrigin(text));
  });

  test.each(['', '%', "'", '"', '\\', 'Atlantis'])('that nobody has is not found: %j', async (text) => {
    expect(await get(`/api/v1/breeds/?origin=${encoded(text)}`)).toEqual(NOT_FOUND);
  });
});

test('a long filter is no error', async () => {
  for (const name of ['temperament', 'origin']) expect(await get(`/api/v1/breeds/?${name}=${'x'.repeat(8_000)}`)).toEqual(NOT_FOUND);
});

test('temperament wins over origin, in either order, also where nobody has it', async () => {
  const breed = all[0] as Breed;
  const [word = ''] = words(breed);
  const other = all.find(({ origin }) => origin !== breed.origin) as Breed;
  for (const origin of [breed.origin, other.origin, 'Atlantis'].map(encodeURIComponent)) {
    expect(await get(`/api/v1/breeds/?temperament=${encodeURIComponent(word)}&origin=${origin}`)).toEqual(ofTemperament(word));
    expect(await get(`/api/v1/breeds/?origin=${origin}&temperament=${encodeURIComponent(word)}`)).toEqual(ofTemperament(word));
    expect(await get(`/api/v1/breeds/?origin=${origin}&temperament=nobody`)).toEqual(NOT_FOUND);
  }
});

describe('err', () => {
  const failed = (text: string) => ({ status: 500, type: JSON_TYPE, body: JSON.stringify({ message: `error request: ${text}` }) });

  test.each(['boom', '', '0', '"quoted"', '<script>alert(1)</script>', '\\', 'a\nb', 'two words', '100%', '猫 🐈', 'null'])(
    'comes back as it was sent: %j',
    async (text) => {
      expect(await get(`/api/v1/breeds/?err=${encoded(text)}`)).toEqual(failed(text));
    },
  );

  test('wins over filters', async () => {
    expect(await get('/api/v1/breeds/?err=boom&origin=Egypt')).toEqual(failed('boom'));
    expect(await get('/api/v1/breeds?temperament=Active&origin=Egypt&err=boom')).toEqual(failed('boom'));
  });
});

test.each([
  'foo=1',
  'foo',
  'foo=1&foo=2',
  '=1',
  'Origin=Egypt',
  'ORIGIN=Egypt',
  'Temperament=Active',
  'Err=boom',
  'origin%20=Egypt',
  'origin[]=Egypt',
  'name=Abyssinian',
  'limit=1',
  'page=0',
  '__proto__=1',
  'constructor=1',
  'origin=Egypt&foo=1',
  'foo=1&temperament=Active',
  'err=boom&foo=1',
])('any other parameter is a bad request: %s', async (query) => {
  expect(await get(`/api/v1/breeds/?${query}`)).toEqual(BAD_REQUEST);
  expect(await get(`/api/v1/breeds?${query}`)).toEqual(BAD_REQUEST);
});
