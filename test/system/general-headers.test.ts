// What browsers are told with every answer, whoever gives it: pages, the edge itself, the APIs, pictures.
import { expect, test } from 'vitest';
import { picture } from '../support/pictures.ts';
import { send } from './application.ts';
import { accepted, settled } from './pictures-client.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
};
const headersOf = async (answer: Promise<Response>) => Object.fromEntries((await answer).headers);

test.each(['/', '/workers', '/api/swagger', '/api/openapi.json', '/there-is-no-such-page'])(
  '%s may use what is ours, and nothing else',
  async (path) => {
    const headers = await headersOf(send(path));

    expect(headers).toMatchObject({
      ...ALWAYS,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/);
  },
);

test.each([
  ['/status', 200],
  ['/orders/find/none', 400],
  ['/endpoint/?after=x', 400],
  ['/api/', 302],
])('what %s answers for programs can do nothing in a browser', async (path, status) => {
  const answer = send(path);

  expect((await answer).status).toBe(status);
  expect(await headersOf(answer)).toMatchObject({ ...ALWAYS, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" });
});

test('a picture that is opened by itself can do nothing, whatever a stranger has put into it', async () => {
  const id = await accepted({ image: await picture(40, 30) });
  await settled(id);

  const headers = await headersOf(send(`/api/${id}/image`));
  expect(headers).toMatchObject({ ...ALWAYS, 'content-security-policy': expect.stringMatching(/^default-src 'none'; .*; sandbox$/) });
  expect(headers['content-type']).toMatch(/^image\//);
});

test('assets are kept for ever, pages are asked for again', async () => {
  const page = await send('/');
  const [, asset = ''] = /src="(\/assets\/[^"]+)"/.exec(await page.text()) ?? [];

  expect(page.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=86400');
  expect((await send(asset)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});
