// `/endpoint`: what is taken, what is refused, and what is found, to the character.
import { describe, expect, test } from 'vitest';
import { JSON_TYPE, said, send } from './application.ts';
import { get, idsOf, lastId, list, newChannel, post, refused, sent, stored, success } from './messages-client.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const MISSING = refused('Missing input.');
const BAD = refused('Bad input.');
const BAD_CHANNEL = refused('channel: must be 1 to 64 letters, digits, dots, dashes or underscores');
const NOT_FOUND = { status: 404, type: JSON_TYPE, body: '{"message":"not found"}' };

describe('POST', () => {
  test.each(['{"a":1}', '[1]', '[null]', '[[]]', '{"":0}', '[{"a":{}},"b",false]'])('%s is taken and said back', async (text) => {
    const { key, ...answer } = await post(text, `?channel=${newChannel()}`);

    expect(answer).toEqual({ ...success(text), replayed: null });
    expect(key).toMatch(UUID);
  });

  test('a slash at the end never matters, nor does the content type', async () => {
    const channel = newChannel();
    for (const path of ['/endpoint', '/endpoint/'])
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', 'image/png'])
        expect(await said(send(`${path}?channel=${channel}`, { method: 'POST', body: '[1]', headers: { 'content-type': type } }))).toEqual(
          success('[1]'),
        );
    expect((await stored(channel, 10)).map(([, message]) => message)).toEqual(Array(10).fill([1]));
  });

  test.each(['', ' ', '\n\t\r ', '{}', '[]', ' { } ', 'null', 'false', '0', '-0', '0.0', '""'])('%j is missing', async (text) => {
    expect(await post(text)).toMatchObject(MISSING);
  });

  test('no body at all is missing', async () => {
    expect(await said(send('/endpoint/', { method: 'POST' }))).toEqual(MISSING);
  });

  test.each([
    '{',
    '[1',
    '[1,]',
    '{"a":}',
    "{'a':1}",
    'nonsense',
    '[1] 2',
    '[NaN]',
    '[01]',
    '["\t"]',
    '5',
    '-1',
    'true',
    '"text"',
    '\ufeff[1]',
    '\u00a0',
  ])('%j is bad', async (text) => {
    expect(await post(text)).toMatchObject(text === '\u00a0' ? MISSING : BAD);
  });

  test('bytes that are no text at all are bad', async () => {
    expect(await post(Uint8Array.of(0xff, 0xfe, 0x00, 0x80))).toMatchObject(BAD);
  });

  test('refusals are stored nowhere and carry no key', async () => {
    const channel = newChannel();
    for (const text of ['', '{}', '5', '[1']) expect((await post(text, `?channel=${channel}`)).key).toBeNull();
    const key = await sent('["the only one"]', channel);

    expect(key).toMatch(UUID);
    expect((await stored(channel, 1)).map(([, message]) => message)).toEqual([['the only one']]);
  });
});

describe('a channel', () => {
  test('is default unless it is named', async () => {
    const before = await lastId();
    await post('["to default"]');
    await post('["to default, by name"]', '?channel=default');
    await sent('["to another"]', newChannel());
    await lastId();

    const [all, toDefault] = [await list(`?after=${before}`), await list(`?after=${before}&channel=default`)];
    expect(toDefault.map(([, message]) => message)).toEqual([['to default'], ['to default, by name']]);
    expect(all).toHaveLength(4);
  });

  test.each(['a', 'A.b-c_9', '-', '__proto__', 'constructor', 'c'.repeat(64)])('may be %s', async (channel) => {
    expect(await post('[1]', `?channel=${channel}`)).toMatchObject(success('[1]'));
  });

  test.each(['', 'c'.repeat(65), 'a b', 'a%20b', '%C3%A9', 'a/b', 'a%2Fb', '%00', 'a%0A', '*'])('may not be %j', async (channel) => {
    expect(await post('[1]', `?channel=${channel}`)).toMatchObject(BAD_CHANNEL);
    expect(await get(`/endpoint?channel=${channel}`)).toEqual(BAD_CHANNEL);
  });

  test('that has no messages has an empty list', async () => {
    expect(await get(`/endpoint/?channel=${newChannel()}`)).toEqual(success('[]'));
  });
});

describe('GET', () => {
  test('of one gives it, with and without a slash', async () => {
    const channel = newChannel();
    await sent('{"a":[1,"two"]}', channel);
    const [id] = idsOf(await stored(channel, 1));

    expect(await get(`/endpoint/${id}`)).toEqual(success(`[${id},{"a":[1,"two"]}]`));
    expect(await get(`/endpoint/${id}/`)).toEqual(success(`[${id},{"a":[1,"two"]}]`));
    expect(await get(`/endpoint?channel=${channel}`)).toEqual(success(`[[${id},{"a":[1,"two"]}]]`));
    expect(await get(`/endpoint/?channel=${channel}`)).toEqual(success(`[[${id},{"a":[1,"two"]}]]`));
  });

  test.each([
    '0',
    '-1',
    '01',
    '1.0',
    '1e0',
    'x',
    'null',
    '999999999999',
    '9007199254740992',
    '99999999999999999999',
    '1%20',
    "1'",
    '%22',
    '<b>',
    '%C3%A9',
  ])('of the unknown %s is refused in its words', async (id) => {
    expect(await get(`/endpoint/${id}`)).toEqual(refused(`Could not find object with id: ${decodeURIComponent(id)}`));
  });

  test('unknown parameters change nothing', async () => {
    expect(await get(`/endpoint/?channel=${newChannel()}&x=1&limit=5`)).toEqual(success('[]'));
  });
});

describe('elsewhere', () => {
  test.each([
    ['PUT', '/endpoint/'],
    ['DELETE', '/endpoint'],
    ['PATCH', '/endpoint/1'],
    ['POST', '/endpoint/1'],
    ['DELETE', '/endpoint/1/'],
    ['GET', '/endpoint/1/2'],
    ['OPTIONS', '/endpoint/'],
  ])('%s %s is not found', async (method, path) => {
    expect(await said(send(path, { method }))).toEqual(NOT_FOUND);
  });
});
