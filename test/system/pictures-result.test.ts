// What comes back: states, the JSON answer, and the bytes at `/image`.
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { picture } from '../support/pictures.ts';
import { JSON_TYPE, said, send, url } from './application.ts';
import { accepted, measured, result, settled } from './pictures-client.ts';

const unknown = '0123456789abcdef0123456789abcdef01234567';

describe('an unknown id', () => {
  test.each([
    `/api/${unknown}`,
    `/api/${unknown}/`,
    '/api/x',
    `/api/${unknown}/image`,
    `/api/${unknown}/image/`,
    `/api/${'x'.repeat(64)}`,
    '/api/a%2Fb',
    '/api/a%20b',
    '/api/%27%20OR%201=1',
    '/api/%C3%A9',
  ])('is 202 and said so: %s', async (path) => {
    expect(await said(send(path))).toEqual({ status: 202, type: JSON_TYPE, body: '{"status":"not found"}' });
  });

  test('that is longer than any id is a bad request', async () => {
    expect(await said(send(`/api/${'x'.repeat(65)}`))).toMatchObject({ status: 400, type: JSON_TYPE });
  });
});

describe('a picture that is done', () => {
  let id: string;
  beforeAll(async () => {
    id = await accepted({ image: await picture(60, 40, 'jpeg'), width: '30', height: 17 });
    await settled(id);
  });

  test.each(['', '/'])('is JSON with height, identifier, image and width, in this order, at its address%s', async (slash) => {
    const { status, type, body } = await said(send(`/api/${id}${slash}`));

    expect({ status, type }).toEqual({ status: 200, type: JSON_TYPE });
    const { image } = JSON.parse(body);
    expect(body).toBe(`{"height":17,"identifier":"${id}","image":"${image}","width":30}`);
    expect(await measured(Buffer.from(image, 'base64'))).toEqual({ format: 'png', width: 30, height: 17 });
    expect(Buffer.from(image, 'base64').toString('base64')).toBe(image);
  });

  test.each<[string, Record<string, string>]>([
    ['that sends none', {}],
    ['like curl', { accept: '*/*' }],
    ['like a browser for <img>', { accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8' }],
    ['like a browser for a page', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }],
    ['that wants JSON', { accept: 'application/json' }],
  ])('is bytes at /image, to a client %s in Accept', async (_, headers) => {
    const bytes = await result(id);

    for (const path of [`/api/${id}/image`, `/api/${id}/image/`]) {
      const answer = await plainGet(path, headers);
      expect({ status: answer.status, type: answer.type }).toEqual({ status: 200, type: 'image/png' });
      expect(answer.bytes.equals(bytes)).toBe(true);
    }
  });

  test('says the same however often it is asked', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => said(send(`/api/${id}`))));

    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  });
});

test('orders that come together end in a picture each, the one that was asked for', async () => {
  const image = await picture(40, 40);
  const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => accepted({ image, width: 10 + n, height: 40 - n })));

  expect(new Set(ids).size).toBe(12);
  const sizes = await Promise.all(ids.map(async (id) => measured(await result(id))));
  expect(sizes).toEqual(Array.from({ length: 12 }, (_, n) => ({ format: 'png', width: 10 + n, height: 40 - n })));
});

/** A GET with these headers and no other: `fetch` always sends an Accept. */
async function plainGet(path: string, headers: Record<string, string>) {
  const get = url.startsWith('https:') ? httpsGet : httpGet;
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; type: string | undefined; bytes: Buffer }>();
  get(`${url}${path}`, { headers }, async (response) =>
    resolve({ status: response.statusCode, type: response.headers['content-type'], bytes: await buffer(response) }),
  ).on('error', reject);
  return promise;
}
