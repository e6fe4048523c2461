// The stub answers as thecatapi.com v1 does.
import { expect, it } from 'vitest';
import { answer } from '../../functions/cats/upstream-stub/answer.ts';
import { bundledCatalogue } from '../../functions/cats/upstream-stub/catalogue.ts';

const origin = 'https://cats.test';
const count = bundledCatalogue.breeds.length;

function ask(target: string, { key, method = 'GET' }: { key?: string; method?: string } = {}) {
  const [path = '', query = ''] = target.split('?');
  const { status, headers, body } = answer({ method, path, query, origin, headers: key === undefined ? {} : { 'x-api-key': key } });
  const isJson = headers['content-type']?.startsWith('application/json');
  // biome-ignore lint/suspicious/noExplicitAny: rows are looked at field by field
  return { status, headers, body: (isJson ? JSON.parse(body) : body) as any };
}

const ids = (target: string, key?: string) => ask(target, key === undefined ? {} : { key }).body.map(({ id }: { id: string }) => id);

it('gives all breeds without a limit, each with its picture', () => {
  const { status, headers, body } = ask('/v1/breeds');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'pagination-count': String(count), 'pagination-page': '0', 'pagination-limit': String(count) });
  expect(body).toHaveLength(count);
  expect(body[0]).toMatchObject({ id: 'abys', name: 'Abyssinian', origin: 'Egypt', country_codes: 'EG', reference_image_id: 'abys-1' });
  expect(body[0].image).toEqual({ id: 'abys-1', width: 480, height: 600, url: `${origin}/images/abys-1.svg` });
});

it.each(['/v1/breeds', '/v1/categories'])('gives %s in pages that together are the whole', (path) => {
  const whole = ids(path);
  const pages = Array.from({ length: Math.ceil(whole.length / 4) }, (_, page) => ids(`${path}?limit=4&page=${page}`));
  expect(pages.flat()).toEqual(whole);
  expect(ids(`${path}?limit=4&page=${pages.length}`)).toEqual([]);
  expect(ask(`${path}?limit=4&page=1`).headers).toMatchObject({ 'pagination-page': '1', 'pagination-limit': '4' });
});

it('gives one breed, without its picture', () => {
  expect(ask('/v1/breeds/siam')).toMatchObject({ status: 200, body: { id: 'siam', name: 'Siamese', reference_image_id: 'siam-1' } });
  expect(ask('/v1/breeds/siam').body).not.toHaveProperty('image');
});

it('searches pictures by breed and by category, in a stable order', () => {
  expect(ids('/v1/images/search?breed_ids=siam&limit=3&order=ASC')).toEqual(['siam-1', 'siam-2', 'siam-3']);
  expect(ids('/v1/images/search?breed_ids=siam,abys&limit=10&order=DESC')).toEqual(
    ids('/v1/images/search?breed_ids=siam,abys&limit=10&order=ASC').toReversed(),
  );
  expect(ids('/v1/images/search?breed_ids=siam&limit=2&page=1&order=ASC')).toEqual(['siam-3']);
  const { headers, body } = ask('/v1/images/search?category_ids=1&limit=10&order=ASC');
  expect(headers).toMatchObject({ 'pagination-count': '8', 'pagination-page': '0', 'pagination-limit': '10' });
  expect(body[0]).toMatchObject({ id: 'hats-1', url: `${origin}/images/hats-1.svg`, breeds: [], categories: [{ id: 1, name: 'hats' }] });
});

it('tells the breeds of a picture unless that is not wanted', () => {
  expect(ask('/v1/images/search?breed_ids=siam&order=ASC').body[0].breeds).toMatchObject([{ id: 'siam' }]);
  expect(ask('/v1/images/search?breed_ids=siam&order=ASC&include_breeds=0').body[0]).not.toHaveProperty('breeds');
});

it('gives one picture unless more are wanted, at most 10 without a key and 100 with one', () => {
  expect(ids('/v1/images/search')).toHaveLength(1);
  expect(ids('/v1/images/search?limit=101&order=ASC')).toHaveLength(10);
  expect(ids('/v1/images/search?limit=101&order=ASC', 'any')).toHaveLength(100);
});

it('gives pictures at random, without headers of pages, unless an order is wanted', () => {
  const { headers, body } = ask('/v1/images/search?breed_ids=siam&limit=3');
  expect(headers).not.toHaveProperty('pagination-count');
  expect(body.map(({ id }: { id: string }) => id).sort()).toEqual(['siam-1', 'siam-2', 'siam-3']);
  // Falling numbers turn the order round.
  let number = 1;
  const falling = () => {
    number /= 1.01;
    return number;
  };
  const turned = answer({ method: 'GET', path: '/v1/images/search', query: '', headers: {}, origin }, bundledCatalogue, falling);
  expect(JSON.parse(turned.body)[0].id).toBe(bundledCatalogue.images.at(-1)?.id);
});

it('has drawings, not animations, and knows which pictures show a breed', () => {
  expect(ids('/v1/images/search?mime_types=gif&order=ASC')).toEqual([]);
  expect(ids('/v1/images/search?mime_types=jpg,png&order=ASC')).toHaveLength(1);
  expect(ids('/v1/images/search?has_breeds=0&limit=10&order=ASC')).toContain('boxes-1');
  expect(ids('/v1/images/search?has_breeds=1&category_ids=1&order=ASC')).toEqual([]);
});

it('serves a picture for a day', () => {
  const url = new URL(ask('/v1/images/siam-1').body.url);
  const { status, headers, body } = ask(url.pathname);
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' });
  expect(body).toMatch(/^<svg .*<\/svg>$/);
});

it.each([
  ['/v1/breeds/nope', 400, 'INVALID_DATA'],
  ['/v1/images/nope', 400, "Couldn't find an image matching the passed 'id' of nope"],
  ['/images/nope.svg', 404, 'Not Found'],
])("refuses %s with thecatapi.com's text", (path, status, body) => {
  expect(ask(path)).toMatchObject({ status, body, headers: { 'content-type': 'text/plain; charset=utf-8' } });
});

it.each(['/', '/v1', '/v1/', '/v1/votes', '/v1/categories/1', '/v1/images', '/v1/breeds/siam/more', '/breeds', '/v1/images/siam-1.svg/x'])(
  'knows no %s',
  (path) => {
    expect(ask(path)).toMatchObject({ status: 404, body: { statusCode: 404, message: `Cannot GET ${path}`, error: 'Not Found' } });
  },
);

it('only reads', () => {
  expect(ask('/v1/breeds', { method: 'POST' }).status).toBe(404);
  expect(ask('/v1/breeds', { method: 'HEAD' }).status).toBe(200);
});
