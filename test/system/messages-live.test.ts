// `/ws`: whoever listens is told of the receipt and of the storage of every message, in one order for all.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { get, idsOf, newChannel, post, range, sent, spans, stored, success } from './messages-client.ts';
import { about, goLive, type Listener, listening } from './messages-listener.ts';

const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
const happened = ({ events }: Listener) => events.filter((event) => 'key' in event);
/** `received <key>` and `stored <key>` in the order of arrival. */
const story = (listener: Listener, keys: ReadonlySet<string>): string[] =>
  happened(listener).flatMap(({ type, key }) => (keys.has(key) ? [`${type} ${key}`] : []));

test('a message is told when it is received and when it is stored, to the character', () =>
  listening(1, async (listener) => {
    const channel = newChannel();
    const requestId = `request-${randomUUID()}`;
    const before = Date.now();
    const key = await sent('{"a":1.0}', channel, { 'x-request-id': requestId });
    const event = await listener.heard('stored', about(key));
    const told = `"key":"${key}","channel":"${channel}","message":{"a":1\\.0},"at":"${ISO}","requestId":"${requestId}"}`;

    const text = listener.frames.join('\n');
    expect(text).toMatch(new RegExp(`{"type":"received",${told}`));
    expect(text).toMatch(new RegExp(`{"type":"stored","id":${event.id},${told}`));
    expect(story(listener, new Set([key]))).toEqual([`received ${key}`, `stored ${key}`]);
    expect(event.at).toBe((await listener.heard('received', about(key))).at);
    expect(Date.parse(event.at)).toBeGreaterThan(before - 60_000);
    expect(await get(`/endpoint/${event.id}`)).toEqual(success(`[${event.id},{"a":1.0}]`));
  }));

test('all listeners are told the same in the same order', () =>
  listening(3, async (...listeners) => {
    await goLive(...listeners);
    const channels = range(1, 3).map(newChannel);
    const keys = new Set(await Promise.all(range(1, 60).map((n) => sent(`[${n}]`, channels[n % 3] as string))));
    const [first, ...others] = await Promise.all(
      listeners.map((listener) => eventually(() => story(listener, keys).length === 120 && story(listener, keys))),
    );

    for (const other of others) expect(other).toEqual(first);
    for (const key of keys) expect(first?.filter((line) => line.endsWith(key))).toEqual([`received ${key}`, `stored ${key}`]);
    for (const listener of listeners) expect(spans(listener.ids())).toBe(`${listener.ids()[0]}-${listener.ids().at(-1)}`);
  }));

test('whoever connects and never speaks is told all that is sent from then on', () =>
  listening(5, async (...listeners) => {
    const channel = newChannel();
    const keys = await Promise.all(range(1, 20).map((n) => sent(`[${n}]`, channel)));
    const ids = idsOf(await stored(channel, 20));

    for (const listener of listeners) {
      await Promise.all(keys.map((key) => listener.heard('received', about(key))));
      await eventually(() => happened(listener).filter(({ type, channel: of }) => type === 'stored' && of === channel).length >= 20);
      expect(listener.ids().filter((id) => ids.includes(id))).toEqual(ids);
    }
  }));

test('a message that was sent again with its key is told once', () =>
  listening(1, async (listener) => {
    const channel = newChannel();
    const key = await sent('[1]', channel, { 'idempotency-key': randomUUID() });
    const idempotencyKey = randomUUID();
    const twice = await sent('[2]', channel, { 'idempotency-key': idempotencyKey });
    expect(await post('[2]', `?channel=${channel}`, { 'idempotency-key': idempotencyKey })).toMatchObject({ key: twice, replayed: 'true' });
    const last = await sent('[3]', channel);
    await listener.heard('stored', about(last));

    expect(story(listener, new Set([key, twice, last])).sort()).toEqual(
      [key, twice, last].flatMap((one) => [`received ${one}`, `stored ${one}`]).sort(),
    );
  }));

test('a message that does not fit into a frame is told without its payload, and where to find it', () =>
  listening(1, async (listener) => {
    const text = `["${'x'.repeat(100_000)}"]`;
    const key = await sent(text, newChannel());
    const event = await listener.heard('stored', about(key));
    const received = await listener.heard('received', about(key));

    expect(event).toMatchObject({ message: null, truncated: true, href: `/endpoint/${event.id}` });
    expect(received).toMatchObject({ message: null, truncated: true });
    expect(received).not.toHaveProperty('href');
    expect(await get(event.href as string)).toEqual(success(`[${event.id},${text}]`));
    for (const frame of listener.frames) expect(Buffer.byteLength(frame)).toBeLessThan(32 * 1024);
  }));

test('a hundred listeners are all told the same', { timeout: 120_000 }, () =>
  listening(100, async (...listeners) => {
    await goLive(...listeners);
    const channel = newChannel();
    const keys = new Set(await Promise.all(range(1, 50).map((n) => sent(`[${n}]`, channel))));
    const stories = await Promise.all(
      listeners.map((listener) => eventually(() => story(listener, keys).length === 100 && story(listener, keys).join('\n'))),
    );

    expect(new Set(stories).size).toBe(1);
  }),
);

test('who has gone is missed by nobody', () =>
  listening(2, async (leaving, staying) => {
    await goLive(leaving, staying);
    leaving.socket.terminate();
    const channel = newChannel();
    for (const n of range(1, 5)) await staying.heard('stored', about(await sent(`[${n}]`, channel)));

    expect(happened(staying).filter(({ channel: of }) => of === channel)).toHaveLength(10);
  }));
