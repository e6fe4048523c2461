// `Idempotency-Key` on `POST /endpoint/`: a message that is sent again is not another one.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { JSON_TYPE } from './application.ts';
import { idsOf, newChannel, post, refused, sent, stored, success } from './messages-client.ts';

const send = (text: string, channel: string, key: string) => post(text, `?channel=${channel}`, { 'Idempotency-Key': key });
const again = <Answer extends object>(answer: Answer) => ({ ...answer, replayed: 'true' });
const OTHER_PAYLOAD = { status: 422, type: JSON_TYPE, body: '{"message":"This Idempotency-Key was used with another payload"}', key: null };
const RUNNING = { status: 409, type: JSON_TYPE, body: '{"message":"A request with this Idempotency-Key is still running"}', key: null };

/** What the channel holds when everything that was sent to it so far is stored. */
async function messagesOf(channel: string, count: number): Promise<unknown[]> {
  await sent('["last"]', channel);
  return (await stored(channel, count + 1)).slice(0, -1).map(([, message]) => message);
}

describe('the same key and payload', () => {
  test('give the first answer again, and are one message', async () => {
    const [channel, key] = [newChannel(), randomUUID()];
    const first = await send('{"a":1}', channel, key);

    expect(first).toMatchObject({ ...success('{"a":1}'), replayed: null });
    expect(await send('{"a":1}', channel, key)).toEqual(again(first));
    expect(await post('{"a":1}', `?channel=${channel}`, { 'idempotency-key': key, 'content-type': 'text/plain' })).toEqual(again(first));
    expect(await messagesOf(channel, 1)).toEqual([{ a: 1 }]);
    expect(await send('{"a":1}', channel, key)).toEqual(again(first));
    expect(await messagesOf(channel, 2)).toEqual([{ a: 1 }, ['last']]);
  });

  test('at once are one message; the others hear of it, or that it is still running', async () => {
    const [channel, key] = [newChannel(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('[1]', channel, key)));

    const [first, ...more] = answers.filter(({ status, replayed }) => status === 200 && replayed === null);
    expect(more).toEqual([]);
    for (const answer of answers) expect(answer).toBeOneOf([first, again(first as object), { ...RUNNING, replayed: null }]);
    expect(await messagesOf(channel, 1)).toEqual([[1]]);
  });

  test.each([
    ['a number that no parser keeps', '[12345678901234567890,1e400,-0]'],
    ['a key of a prototype', '{"__proto__":{"a":1},"a":1,"a":2}'],
    ['250 KB', `["${'x'.repeat(250_000)}"]`],
    ['250 KB of quotes', `["${'\\"'.repeat(125_000)}"]`],
  ])('give the same text again: %s', async (_, text) => {
    const [channel, key] = [newChannel(), randomUUID()];
    const first = await send(text, channel, key);

    expect(first).toMatchObject(success(text));
    expect(await send(text, channel, key)).toEqual(again(first));
    expect(await messagesOf(channel, 1)).toHaveLength(1);
  });

  test('mean the channel default, named or not', async () => {
    const key = randomUUID();
    const first = await post('["default"]', '', { 'idempotency-key': key });

    expect(await send('["default"]', 'default', key)).toEqual(again(first));
  });
});

test.each([
  ['another payload', '[2]', ''],
  ['the same payload and more', '[1,2]', ''],
  ['the same payload to another channel', '[1]', '-other'],
])('a key with %s is refused, and nothing is stored', async (_, text, suffix) => {
  const [channel, key] = [newChannel(), randomUUID()];
  const first = await send('[1]', channel, key);

  expect(await send(text, channel + suffix, key)).toEqual({ ...OTHER_PAYLOAD, replayed: null });
  expect(await messagesOf(channel, 1)).toEqual([[1]]);
  expect(await messagesOf(`${channel}-other`, 0)).toEqual([]);
  expect(await send('[1]', channel, key)).toEqual(again(first));
});

test('a message that was refused leaves its key free', async () => {
  const [channel, key] = [newChannel(), randomUUID()];

  for (const text of ['', '{}', '5', '[1', '['.repeat(501) + ']'.repeat(501)])
    expect(await send(text, channel, key)).toMatchObject({ status: 400 });
  expect(await send('[1]', 'bad channel', key)).toMatchObject({ status: 400 });
  expect(await send('[1]', channel, key)).toMatchObject({ ...success('[1]'), replayed: null });
});

test('without a key the same payload twice is two messages', async () => {
  const channel = newChannel();
  const keys = [await sent('[1]', channel), await sent('[1]', channel)];

  expect(new Set(keys).size).toBe(2);
  const entries = await stored(channel, 2);
  expect(entries.map(([, message]) => message)).toEqual([[1], [1]]);
  expect(new Set(idsOf(entries)).size).toBe(2);
});

test('keys are told apart by case and by every character', async () => {
  const [channel, key] = [newChannel(), `key-${randomUUID()}`];
  const answers = await Promise.all([key, key.toUpperCase(), `${key}.`, `"${key}"`].map((one) => send('[1]', channel, one)));

  expect(new Set(answers.map(({ key: messageId }) => messageId)).size).toBe(4);
  expect(await messagesOf(channel, 4)).toHaveLength(4);
});

test('a key may have 255 characters', async () => {
  expect(await send('[1]', newChannel(), randomUUID().repeat(8).slice(0, 255))).toMatchObject({ status: 200, replayed: null });
});

test.each([0, 256, 1_000])('a key of %i characters is refused, and nothing is stored', async (length) => {
  const channel = newChannel();

  expect(await send('[1]', channel, 'k'.repeat(length))).toMatchObject({
    ...refused('Idempotency-Key must have 1 to 255 characters'),
    key: null,
  });
  expect(await messagesOf(channel, 0)).toEqual([]);
});
