// `x-request-id`: on every answer, the client's own where it is fit to be repeated.
import { describe, expect, test } from 'vitest';
import { type Sending, send } from './application.ts';

const requestId = async (path: string, sending: Sending = {}) => {
  const answer = await send(path, sending);
  await answer.arrayBuffer();
  return answer.headers.get('x-request-id');
};

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

describe('is on', () => {
  test.each<[what: string, path: string, sending: Sending]>([
    ['an answer of a system', '/status', {}],
    ['a health document', '/status/ready', {}],
    ['a refused request', '/api/', { method: 'POST', body: '{}' }],
    ['an unknown path', '/status/nope', {}],
    ['an unknown method', '/api/', { method: 'PUT' }],
    ['a refused key', '/api/jobs', {}],
    ['a body over the limit of its route', '/api/jobs/0123/replay', { method: 'POST', body: 'x'.repeat(300_000) }],
    ['a badly encoded path', '/api/%zz', {}],
    ['a redirect', '/api/', {}],
    ['a page', '/', {}],
    ['an asset or document', '/api/openapi.json', {}],
    ['a page that does not exist', '/1', {}],
    ['a method that pages do not have', '/', { method: 'POST' }],
  ])('%s', async (_, path, sending) => {
    expect(await requestId(path, sending)).toMatch(/^[\w.:@/+=-]{1,128}$/);
  });
});

test('two requests without one get two', async () => {
  const [one, other] = await Promise.all([requestId('/healthz'), requestId('/healthz')]);

  expect(one).toMatch(UUID);
  expect(other).toMatch(UUID);
  expect(one).not.toBe(other);
});

test.each([
  'abc',
  'a',
  'x'.repeat(128),
  '6f1c2f7e-3f0b-4d5e-9d5c-0a3f1c2b4d5e',
  'Root=1-67891233-abcdef012345678912345678',
  'a.b:c@d/e+f=g-h_i',
])('the client may choose it: %s', async (chosen) => {
  expect(await requestId('/healthz', { headers: { 'x-request-id': chosen } })).toBe(chosen);
  expect(await requestId('/api/', { method: 'POST', body: '{}', headers: { 'X-Request-Id': chosen } })).toBe(chosen);
});

test.each(['', 'x'.repeat(129), 'a b', '<script>', 'a"b', "a'b", '{"a":1}', 'a;b', 'a,b', '%0d%0aset-cookie:a', 'a\tb', 'é', '$(id)'])(
  'an unfit one is replaced, not repeated: %j',
  async (hostile) => {
    expect(await requestId('/healthz', { headers: { 'x-request-id': hostile } })).toMatch(UUID);
  },
);
