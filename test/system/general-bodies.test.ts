// What is too large, not JSON or not wanted, on routes of every kind.
import { describe, expect, test } from 'vitest';
import { JSON_TYPE, said, send, sendWithKey } from './application.ts';

const KIB = 1024;
const replay = '/api/jobs/0123/replay';

describe('a body over 256 KiB', () => {
  const tooLarge = { status: 413, type: JSON_TYPE, body: '{"message":"The body must not be larger than 262144 bytes"}' };

  test('is refused where no route says otherwise', async () => {
    expect(await said(sendWithKey(replay, { method: 'POST', body: 'x'.repeat(256 * KIB + 1) }))).toEqual(tooLarge);
  });

  test('is counted in bytes, not in characters', async () => {
    expect(await said(sendWithKey(replay, { method: 'POST', body: 'é'.repeat(128 * KIB + 1) }))).toEqual(tooLarge);
  });

  test('is read when it is just not over', async () => {
    expect(await said(sendWithKey(replay, { method: 'POST', body: 'x'.repeat(256 * KIB) }))).toMatchObject({ status: 404 });
  });

  test('needs a key first where the route needs one', async () => {
    expect(await said(send(replay, { method: 'POST', body: 'x'.repeat(300 * KIB) }))).toMatchObject({ status: 403 });
  });
});

test("a body over API Gateway's own 10 MB is 413, in its words", async () => {
  const answer = said(send('/api/', { method: 'POST', body: 'x'.repeat(10 * KIB * KIB + 1) }));

  expect(await answer).toEqual({ status: 413, type: JSON_TYPE, body: '{"message":"Request Too Long"}' });
});

test('a body of 6 to 10 MB, which no Lambda function could take, is a clear refusal', async () => {
  expect(await said(send('/api/', { method: 'POST', body: JSON.stringify({ image: 'A'.repeat(8 * KIB * KIB) }) }))).toMatchObject({
    status: 413,
    type: JSON_TYPE,
  });
});

test('headers over 10 KB are a clear refusal', async () => {
  expect(await said(send('/status', { headers: { 'x-much': 'x'.repeat(11_000) } }))).toMatchObject({ status: 413, type: JSON_TYPE });
});

describe('a key', () => {
  const forbidden = { status: 403, type: JSON_TYPE, body: '{"message":"Forbidden"}' };

  test.each<[string, Record<string, string>]>([
    ['none', {}],
    ['empty', { 'x-api-key': '' }],
    ['wrong', { 'x-api-key': 'wrong' }],
    ['in the wrong place', { authorization: 'Bearer wrong' }],
  ])('%s is 403, on every route that needs one', async (_, headers) => {
    expect(await said(send('/api/jobs', { headers }))).toEqual(forbidden);
    expect(await said(send('/api/jobs/?state=failed', { headers }))).toEqual(forbidden);
    expect(await said(send(replay, { method: 'POST', headers }))).toEqual(forbidden);
  });

  test('that is right opens the route', async () => {
    expect(await said(sendWithKey('/api/jobs'))).toMatchObject({ status: 200 });
    expect(await said(sendWithKey('/api/jobs/'))).toMatchObject({ status: 200 });
  });
});
