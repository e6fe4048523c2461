// Paths, methods and slashes, as every system treats them.
import { describe, expect, test } from 'vitest';
import { HTML_TYPE, JSON_TYPE, said, send } from './application.ts';

const NOT_FOUND = { status: 404, type: JSON_TYPE, body: '{"message":"not found"}' };

describe("below the API's paths", () => {
  test.each([
    '/status/nope',
    '/status/ready/nope',
    '/healthz/nope',
    '/api/a/b',
    '/api/a/b/c/',
    '/api/a/image/more',
    '/api/jobs/a/replay/b',
    '/api//',
  ])('GET %s is not found, in JSON', async (path) => {
    expect(await said(send(path))).toEqual(NOT_FOUND);
  });

  test.each([
    ['POST', '/status'],
    ['PUT', '/status/'],
    ['DELETE', '/healthz'],
    ['PATCH', '/api'],
    ['PUT', '/api/'],
    ['DELETE', '/api/0123'],
    ['POST', '/api/0123'],
    ['POST', '/api/0123/image'],
    ['POST', '/api/jobs'],
    ['GET', '/api/jobs/0123/replay'],
    ['OPTIONS', '/status'],
    ['OPTIONS', '/api/'],
  ])('%s %s, a method that the path does not have, is not found either', async (method, path) => {
    expect(await said(send(path, { method }))).toEqual(NOT_FOUND);
  });

  test('HEAD is not served by GET, and its answer has no body', async () => {
    expect(await said(send('/status', { method: 'HEAD' }))).toEqual({ ...NOT_FOUND, body: '' });
  });

  test('a path that is not properly encoded is a bad request', async () => {
    expect(await said(send('/api/%zz'))).toEqual({ status: 400, type: JSON_TYPE, body: '{"message":"Bad Request"}' });
  });
});

describe('elsewhere', () => {
  test('GET of an asset that is not there is an error of the bucket, which does not say what it has', async () => {
    const { status, headers } = await send('/assets/none.js');

    expect(status).toBe(403);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test.each(['/1', '/1/', '/nothing/here', '/index', '/404.html', '/result/more', '/lazaros.html', '/.env'])(
    'GET %s is an HTML page that says so',
    async (path) => {
      const { status, type, body } = await said(send(path));

      expect({ status, type }).toEqual({ status: 404, type: HTML_TYPE });
      expect(body).toMatch(/^<!doctype html>[\s\S]*<title>Not found/i);
    },
  );

  test.each([
    ['POST', '/'],
    ['PUT', '/1'],
    ['DELETE', '/lazaros'],
    ['OPTIONS', '/result'],
    ['POST', '/api/swagger'],
    ['PATCH', '/api/openapi.json'],
  ])('%s %s is an HTML page with 404, too', async (method, path) => {
    expect(await said(send(path, { method }))).toMatchObject({ status: 404, type: HTML_TYPE });
  });
});
