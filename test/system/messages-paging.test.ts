// `GET /endpoint/`: ids without a gap, and pages that are followed to the end.
import { describe, expect, test } from 'vitest';
import { type Entry, get, idsOf, lastId, list, newChannel, pages, post, range, refused, sent, stored, success } from './messages-client.ts';

const link = (after: number, limit: number, channel = '') => `/endpoint/?after=${after}&limit=${limit}${channel && `&channel=${channel}`}`;

/** Sends one after the other; gives the entries once all are stored. */
async function inOrder(channel: string, texts: readonly string[]): Promise<Entry[]> {
  for (const text of texts) await sent(text, channel);
  return stored(channel, texts.length);
}

/** Sends many at once. */
const atOnce = (channel: string, texts: readonly string[]) => Promise.all(texts.map((text) => sent(text, channel)));

describe('ids', () => {
  test('go up by one in the order of receipt', async () => {
    const before = await lastId();
    const entries = await inOrder(
      newChannel(),
      range(1, 30).map((n) => `[${n}]`),
    );

    expect(entries).toEqual(range(1, 30).map((n) => [before + n, [n]]));
  });

  test('go up in the order of receipt over all channels', async () => {
    const before = await lastId();
    const channels = range(1, 4).map(newChannel);
    for (const n of range(1, 40)) await sent(`[${n}]`, channels[n % 4] as string);
    await Promise.all(channels.map((channel) => stored(channel, 10)));

    expect(await list(`?after=${before}`)).toEqual(range(1, 40).map((n) => [before + n, [n]]));
  });

  test('have no gap and are given once, also when many channels are sent to at once', async () => {
    const before = await lastId();
    const channels = range(1, 5).map(newChannel);
    await Promise.all(range(1, 100).map((n) => sent(`[${n}]`, channels[n % 5] as string)));
    await Promise.all(channels.map((channel) => stored(channel, 20)));

    const all = await list(`?after=${before}`);
    expect(idsOf(all)).toEqual(range(before + 1, before + 100));
    expect(all.map(([, message]) => (message as number[])[0]).sort((one, other) => Number(one) - Number(other))).toEqual(range(1, 100));
  });

  test('are not used up by what is refused', async () => {
    const before = await lastId();
    for (const text of ['', '{}', '5', '[1']) await post(text);

    expect(await lastId()).toBe(before + 1);
  });
});

describe('pages', () => {
  test.each([1, 3, 4, 12, 13, 1000])('of %i hold that many, and the last has no link', async (limit) => {
    const channel = newChannel();
    const entries = await inOrder(
      channel,
      range(1, 12).map((n) => `{"n":${n}}`),
    );
    const found = await pages(`?channel=${channel}&limit=${limit}`);

    expect(found.flatMap((page) => page.entries)).toEqual(entries);
    expect(found.map((page) => page.entries.length)).toEqual(
      range(1, Math.ceil(12 / limit)).map((n) => Math.min(limit, 12 - (n - 1) * limit)),
    );
    expect(found.slice(0, -1).map(({ next }) => next)).toEqual(
      found.slice(0, -1).map((page) => link(idsOf(page.entries).at(-1) as number, limit, channel)),
    );
  });

  test('over all channels begin after an id', async () => {
    const before = await lastId();
    const [one, other] = [newChannel(), newChannel()];
    for (const n of range(1, 6)) await sent(`[${n}]`, n % 2 ? one : other);
    await Promise.all([stored(one, 3), stored(other, 3)]);
    const found = await pages(`?after=${before}&limit=2`);

    expect(found.map((page) => idsOf(page.entries))).toEqual([
      range(before + 1, before + 2),
      range(before + 3, before + 4),
      range(before + 5, before + 6),
    ]);
    expect(found.map(({ next }) => next)).toEqual([link(before + 2, 2), link(before + 4, 2), undefined]);
    expect(idsOf(await list(`?after=${before + 4}`))).toEqual(range(before + 5, before + 6));
  });

  test('hold 1000 unless they are asked for less', async () => {
    const channel = newChannel();
    await atOnce(
      channel,
      range(1, 1001).map((n) => `[${n}]`),
    );
    await stored(channel, 1001);
    const found = await pages(`?channel=${channel}`);

    expect(found.map(({ entries }) => entries.length)).toEqual([1000, 1]);
    expect(found[0]?.next).toBe(link(idsOf(found[0]?.entries ?? []).at(-1) as number, 1000, channel));
  });

  test.each<[string, string]>([
    ['letters', `["${'x'.repeat(250_000)}"]`],
    ['quotes, which take twice their bytes on the way', `["${'\\"'.repeat(125_000)}"]`],
    ['blanks that are line ends, which do too', `[${'\n'.repeat(250_000)}1]`],
    ['characters of three bytes', `["${'€'.repeat(83_000)}"]`],
  ])('of large messages hold fewer: %s', async (_, text) => {
    const channel = newChannel();
    await atOnce(channel, Array(20).fill(text));
    await stored(channel, 20);
    const found = await pages(`?channel=${channel}`);

    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThan(5);
    for (const page of found) expect(page.entries.length).toBeGreaterThan(1);
    expect(found.flatMap((page) => page.entries).map(([, message]) => message)).toEqual(Array(20).fill(JSON.parse(text)));
  });

  test('after the last are empty', async () => {
    expect(await get(`/endpoint/?after=${await lastId()}`)).toEqual(success('[]'));
    expect(await get(`/endpoint/?after=${Number.MAX_SAFE_INTEGER}&limit=1`)).toEqual(success('[]'));
  });
});

test.each(['', '-1', '1.5', 'x', '1e3', '+5', '0x10', '9007199254740992', '99999999999999999', 'null', '[1]', '1%00', '١'])(
  'after=%s is refused',
  async (after) => {
    expect(await get(`/endpoint/?after=${after}`)).toEqual(refused('after: must be an integer from 0 to 9007199254740991'));
  },
);

test.each(['', '0', '-1', '1.5', 'x', '1e3', '1001', '99999999999999999'])('limit=%s is refused', async (limit) => {
  expect(await get(`/endpoint/?limit=${limit}`)).toEqual(refused('limit: must be an integer from 1 to 1000'));
});

test('all that is wrong is named', async () => {
  expect(await get('/endpoint/?limit=0&after=x')).toEqual(
    refused('after: must be an integer from 0 to 9007199254740991; limit: must be an integer from 1 to 1000'),
  );
});
