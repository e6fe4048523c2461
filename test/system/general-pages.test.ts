// The pages and the documents beside them: their addresses and types.
import { expect, test } from 'vitest';
import { HTML_TYPE, JSON_TYPE, said, send } from './application.ts';

const pages = [
  '/',
  '/result?id=0123',
  '/result',
  '/result/',
  '/shop',
  '/shop/',
  '/cats',
  '/cats/?breed=abys',
  '/lazaros',
  '/lazaros/',
  '/api/swagger',
  '/api/swagger/',
];

test.each(pages)('%s is a page', async (path) => {
  const { status, type, body } = await said(send(path));

  expect({ status, type }).toEqual({ status: 200, type: HTML_TYPE });
  expect(body).toMatch(/^<!doctype html>[\s\S]*<title>[^<]+<\/title>/i);
});

test.each(['/', '/result', '/shop', '/cats', '/lazaros', '/api/swagger'])('everything that %s refers to is there', async (path) => {
  const page = await (await send(path)).text();
  const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map(([, address = '']) => address);

  expect(assets).not.toEqual([]);
  for (const asset of assets) {
    const { status, type } = await said(send(asset));
    expect({ asset, status, type }).toEqual({ asset, status: 200, type: expect.stringMatching(/^text\/(javascript|css)/) });
  }
});

test('HEAD of a page has its headers and no body', async () => {
  expect(await said(send('/', { method: 'HEAD' }))).toEqual({ status: 200, type: HTML_TYPE, body: '' });
});

test('a page that the client has already is not sent again', async () => {
  const etag = (await send('/')).headers.get('etag') ?? '';

  expect(await said(send('/', { headers: { 'if-none-match': etag } }))).toMatchObject({ status: 304, body: '' });
});

test.each(['/api/openapi.json', '/api/postman.json', '/api/openapi.json/'])('%s is a JSON document', async (path) => {
  const { status, type, body } = await said(send(path));

  expect({ status, type }).toEqual({ status: 200, type: JSON_TYPE });
  expect(JSON.parse(body)).toHaveProperty('info');
});

test.each(['/api', '/api/'])('GET %s leads to the documentation', async (path) => {
  const answer = await send(path);

  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toBe('/api/swagger');
});
