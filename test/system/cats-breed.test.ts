// `GET /api/v1/breeds/{id}`: one breed with its pictures, and ids of every kind.
import { beforeAll, expect, test } from 'vitest';
import type { Breed } from '../../functions/cats/routes.ts';
import { JSON_TYPE, said, send } from './application.ts';
import { allBreeds, encoded, get, NOT_FOUND } from './cats-client.ts';

let all: Breed[];
let one: Breed;
beforeAll(async () => {
  all = await allBreeds();
  one = all[0] as Breed;
});

test('each has its keys in the order of the contract, and up to 3 pictures', async () => {
  for (const { id } of all) {
    const { body, ...answer } = await get(`/api/v1/breeds/${id}`);
    const breed = JSON.parse(body) as Breed;
    expect(answer).toEqual({ status: 200, type: JSON_TYPE });
    expect(Object.keys(breed)).toEqual(['id', 'name', 'description', 'origin', 'temperament', 'images']);
    expect(breed).toEqual({
      id,
      name: expect.stringMatching(/^\S(.*\S)?$/),
      description: expect.any(String),
      origin: expect.stringMatching(/^\S(.*\S)?$/),
      temperament: expect.stringMatching(/^$|^[^,\s][^,]*(, [^,\s][^,]*)*$/),
      images: expect.any(Array),
    });
    expect(breed.images.length).toBeLessThanOrEqual(3);
    for (const image of breed.images) {
      expect(Object.keys(image)).toEqual(['id', 'url']);
      expect(image).toEqual({ id: expect.stringMatching(/^\S+$/), url: expect.stringMatching(/^https?:\/\/\S+$/) });
    }
    expect(new Set(breed.images.map((image) => image.id)).size).toBe(breed.images.length);
  }
  expect(all.some(({ images }) => images.length === 3)).toBe(true);
});

test('a slash at the end, an encoded id and a query change nothing', async () => {
  const plain = await get(`/api/v1/breeds/${one.id}`);

  expect(await get(`/api/v1/breeds/${one.id}/`)).toEqual(plain);
  expect(await get(`/api/v1/breeds/${encoded(one.id)}`)).toEqual(plain);
  expect(await get(`/api/v1/breeds/${one.id}?err=boom&foo=1`)).toEqual(plain);
});

test('an id that is nearly one is not found', async () => {
  const { id, name } = one;
  for (const other of [
    id.toUpperCase(),
    `${id} `,
    ` ${id}`,
    `${id}\0`,
    `${id}/`,
    `/${id}`,
    `../${id}`,
    id.slice(0, -1),
    `${id}x`,
    `${id}'`,
    name,
  ])
    expect({ other, ...(await get(`/api/v1/breeds/${encoded(other)}`)) }).toEqual({ other, ...NOT_FOUND });
});

test.each([
  ' ',
  '/',
  '//',
  '%',
  '_',
  '*',
  '\0',
  '\n',
  "' OR '1'='1",
  "'; DROP TABLE breeds; --",
  '"',
  '\\',
  '猫',
  '🐈',
  'null',
  '__proto__',
  '0',
  '-1',
])('an odd id is not found: %j', async (id) => {
  expect(await get(`/api/v1/breeds/${encoded(id)}`)).toEqual(NOT_FOUND);
});

test('a long id is not found', async () => {
  for (const id of ['x'.repeat(37), 'x'.repeat(4_000), encoded('猫'.repeat(500))])
    expect(await get(`/api/v1/breeds/${id}`)).toEqual(NOT_FOUND);
});

test.each(['/api/v1/breeds//', '/api/v1/breeds/a/b', '/api/v1', '/api/v1/', '/api/v2/breeds', '/api/v1/Breeds', '/api/v1/breed/a'])(
  '%s is no breed',
  async (path) => {
    const { status, body } = await get(path);
    expect(status === 404 || !body.includes('"temperament"')).toBe(true);
  },
);

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not found', async (method) => {
  for (const path of ['/api/v1/breeds', '/api/v1/breeds/', `/api/v1/breeds/${one.id}`])
    expect(await said(send(path, { method }))).toEqual(NOT_FOUND);
});

test('HEAD is not found, without a body', async () => {
  expect(await said(send(`/api/v1/breeds/${one.id}`, { method: 'HEAD' }))).toEqual({ ...NOT_FOUND, body: '' });
});
