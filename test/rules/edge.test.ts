// The distribution at the edge: behaviours, functions, error pages, headers, compression.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributionTemplate, LONG_SCRIPT } from './distribution-template.ts';
import { type FixtureHost, hostFixture } from './fixture.ts';
import { send } from './raw-http.ts';

let fixture: FixtureHost;
beforeAll(async () => {
  fixture = await hostFixture(distributionTemplate(), { log: () => undefined } as object);
});
afterAll(() => fixture.stop());

const get = (path: string, headers: readonly string[] = []) => send(fixture.url, path, { headers });

describe('a distribution', () => {
  it('serves the default root object, with the content type of its file', async () => {
    const answer = await get('/');
    expect(answer).toMatchObject({ status: 200, body: '<p>home' });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('hands a path of a behaviour to its origin, with origin path and custom headers', async () => {
    const answer = await send(fixture.url, '/api/x%2By/?q=1', { method: 'POST', body: 'b', headers: ['X-Api-Key', 'k', 'Cookie', 'a=1'] });
    const event = JSON.parse(answer.body);
    expect(event).toMatchObject({ path: '/api/x%2By/', body: 'b', queryStringParameters: { q: '1' } });
    expect(event.headers).toMatchObject({
      'X-From': 'edge',
      'X-Api-Key': 'k',
      Cookie: 'a=1',
      Host: `${fixture.ref('Api')}.execute-api.us-east-1.amazonaws.com`,
    });
    expect(event.requestContext.path).toBe('/live/api/x%2By/');
  });

  it('withholds from the origin what no policy forwards', async () => {
    const event = JSON.parse((await get('/bare/1?q=1', ['X-Api-Key', 'k', 'Cookie', 'a=1', 'Accept', 'text/x'])).body);
    expect(event.queryStringParameters).toBeNull();
    for (const name of ['X-Api-Key', 'Cookie', 'Accept']) expect(event.headers).not.toHaveProperty(name);
    expect(event.headers['User-Agent']).toBe('Amazon CloudFront');
  });

  it('matches ? in a pattern with one character only', async () => {
    expect((await get('/bare/1')).status).toBe(200);
    expect(await get('/bare/12')).toMatchObject({ status: 404, body: '<p>no such page' });
  });

  it('resolves dot segments before it chooses a behaviour', async () => {
    expect(await get('/api/../index.html')).toMatchObject({ status: 200, body: '<p>home' });
    expect(await get('/api/%2e%2e/%2e%2e/index.html')).toMatchObject({ status: 200, body: '<p>home' });
  });

  it('refuses a method that the behaviour does not allow with 403', async () => {
    expect(await send(fixture.url, '/', { method: 'POST', body: 'x' })).toMatchObject({ status: 403 });
    expect((await send(fixture.url, '/bare/1', { method: 'DELETE' })).body).toContain('not configured to allow the HTTP request method');
  });

  it('shows the error page in place of an error of the origin, under its own status', async () => {
    const answer = await get('/nothing.html');
    expect(answer).toMatchObject({ status: 404, body: '<p>no such page' });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(await send(fixture.url, '/nothing.html', { method: 'HEAD' })).toMatchObject({ status: 404, body: '' });
  });

  it('sets, keeps and removes headers by its response headers policy', async () => {
    const { headers } = await get('/');
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' });
    expect(headers).not.toHaveProperty('last-modified');
  });

  it('answers a conditional request with 304, also for a tag that compression made weak', async () => {
    const { headers } = await get('/app.js', ['Accept-Encoding', 'gzip']);
    expect(headers.etag).toMatch(/^W\//);
    expect(await get('/app.js', ['If-None-Match', String(headers.etag)])).toMatchObject({ status: 304, body: '' });
  });

  it('serves a part of an object', async () => {
    expect(await get('/index.html', ['Range', 'bytes=3-'])).toMatchObject({ status: 206, body: 'home' });
  });

  it('compresses text for those who take it, brotli first', async () => {
    const fetched = async (accept: string) => {
      const answer = await fetch(`${fixture.url}/app.js`, { headers: { 'accept-encoding': accept } });
      return { coding: answer.headers.get('content-encoding'), text: await answer.text() };
    };
    expect(await fetched('gzip, br')).toEqual({ coding: 'br', text: LONG_SCRIPT });
    expect(await fetched('gzip, br;q=0')).toEqual({ coding: 'gzip', text: LONG_SCRIPT });
    expect(await fetched('identity')).toEqual({ coding: null, text: LONG_SCRIPT });
  });

  it('compresses neither what is small nor what its cache policy does not cache', async () => {
    expect((await get('/index.html', ['Accept-Encoding', 'gzip'])).headers).not.toHaveProperty('content-encoding');
    expect((await get('/api/x', ['Accept-Encoding', 'gzip'])).headers).not.toHaveProperty('content-encoding');
  });
});

describe('a REST API beside a distribution', () => {
  it('R15: answers for its own Host and for both path forms', async () => {
    const id = fixture.ref('Api');
    const own = await get('/live/api/1', ['Host', `${id}.execute-api.us-east-1.amazonaws.com`]);
    expect(JSON.parse(own.body)).toMatchObject({ path: '/api/1', resource: '/api/{proxy+}' });
    for (const form of [`/restapis/${id}/live/_user_request_/api/1`, `/_aws/execute-api/${id}/live/api/1`]) {
      expect(JSON.parse((await get(form)).body).headers).not.toHaveProperty('X-From');
    }
  });
});

describe('a CloudFront function', () => {
  it('rewrites the request before the origin sees it', async () => {
    expect(await get('/live')).toMatchObject({ status: 200, body: '<p>live' });
    expect(await get('/any?lang=de', ['Cookie', 'b=2; a=1'])).toMatchObject({ status: 200, body: '<p>deutsch' });
  });

  it('answers by itself', async () => {
    const answer = await get('/gone');
    expect(answer).toMatchObject({ status: 410, body: 'gone' });
    expect(answer.headers['x-ip']).toBe('127.0.0.1');
  });

  it('changes the response', async () => {
    expect((await get('/live')).headers['x-seen']).toBe('/live/index.html');
  });

  it('that does not end is stopped, and the viewer gets an error', async () => {
    expect((await get('/loop')).status).toBe(503);
    expect((await get('/')).status).toBe(200);
  });
});

describe('a bucket deployment', () => {
  it('fills in what the template resolved', async () => {
    expect((await get('/config.json')).body).toBe(`{"api":"${fixture.ref('Api')}"}`);
  });

  it('leaves alone what it excludes: it neither sends it nor takes away what another deployment has sent', async () => {
    const dataDir = `${fixture.host.options.dataDir}-parts`;
    const files = { 'index.html': 'one', 'kept.js': 'old', 'gone.html': 'old' };
    const first = await hostFixture(distributionTemplate(files), { dataDir });
    await first.stop();
    const second = await hostFixture(distributionTemplate({ 'index.html': 'two', 'kept.js': 'new' }, { Exclude: ['*.js'] }), { dataDir });
    expect(await send(second.url, '/')).toMatchObject({ status: 200, body: 'two' });
    expect(await send(second.url, '/kept.js')).toMatchObject({ status: 200, body: 'old' });
    expect((await send(second.url, '/gone.html')).status).toBe(403);
    await second.stop();
  });

  it('brings the bucket to the state of the new assembly: changes, additions, removals, metadata', async () => {
    const dataDir = `${fixture.host.options.dataDir}-site`;
    const first = await hostFixture(distributionTemplate({ 'index.html': 'one', 'old.html': 'old', 'same.html': 'same' }), { dataDir });
    expect((await send(first.url, '/same.html')).headers['cache-control']).toBe('no-cache');
    await first.stop();
    const second = await hostFixture(
      distributionTemplate(
        { 'index.html': 'two', 'new.html': 'new', 'same.html': 'same' },
        { SystemMetadata: { 'cache-control': 'max-age=9' } },
      ),
      { dataDir },
    );
    const bodies = await Promise.all(
      ['/', '/new.html', '/same.html', '/old.html'].map(async (path) => (await send(second.url, path)).status),
    );
    expect(bodies).toEqual([200, 200, 200, 403]);
    expect((await send(second.url, '/')).body).toBe('two');
    expect((await send(second.url, '/same.html')).headers['cache-control']).toBe('max-age=9');
    await second.stop();
  });
});
