// Frames that clients send: channels that they want, and everything that is none of the two actions.
import { describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { lastId, newChannel, range, sent, stored } from './messages-client.ts';
import { about, goLive, type Listener, lastTold, listening } from './messages-listener.ts';

const FRAMES = 'Frames are JSON: {"action":"resume","after":<id>} or {"action":"subscribe","channels":[<name>, …]}';
const AFTER = 'after must be the id of a message, or 0';
const NAMES = 'channels: names have 1 to 64 letters, digits, dots, dashes or underscores';

/** Sends to the first channel and then to the second; gives what the listener was told of each, when the storage of the second was told. */
async function told(listener: Listener, first: string, second: string): Promise<string[]> {
  const from = listener.events.length;
  await sent('[1]', first);
  // The first is stored before the second; whether it is before the second's receipt is told, is a matter of pace.
  await listener.heard('stored', about(await sent('[2]', second)));
  const events = listener.events.slice(from);
  const of = (channel: string) =>
    events.flatMap((event) => ('channel' in event && event.channel === channel ? [`${event.type} ${channel}`] : []));
  return [...of(first), ...of(second)];
}
const whole = (channel: string) => [`received ${channel}`, `stored ${channel}`];

describe('subscribe', () => {
  test('narrows to channels and widens again', () =>
    listening(1, async (listener) => {
      const [one, other, third] = [newChannel(), newChannel(), newChannel()];
      await goLive(listener);
      expect(await told(listener, one, other)).toEqual([...whole(one), ...whole(other)]);

      for (const [channels, wanted] of [
        [[other], [other]],
        [[third, other, third], [other, third].sort()],
      ] as const) {
        const from = listener.events.length;
        listener.say({ action: 'subscribe', channels });
        expect(await listener.heard('subscribed', undefined, from)).toEqual({ type: 'subscribed', channels: wanted });
        expect(await told(listener, one, other)).toEqual(whole(other));
      }
      for (const channels of [null, [], undefined]) {
        const from = listener.events.length;
        listener.say({ action: 'subscribe', channels });
        expect(await listener.heard('subscribed', undefined, from)).toEqual({ type: 'subscribed', channels: null });
        expect(await told(listener, one, other)).toEqual([...whole(one), ...whole(other)]);
      }
    }));

  test('narrows a resume too', async () => {
    const [one, other] = [newChannel(), newChannel()];
    const before = await lastId();
    for (const n of range(1, 10)) await sent(`[${n}]`, n % 2 ? one : other);
    await Promise.all([stored(one, 5), stored(other, 5)]);
    const last = await lastTold();
    await listening(1, async (listener) => {
      listener.say({ action: 'subscribe', channels: [one] });
      await listener.heard('subscribed');
      listener.say({ action: 'resume', after: before });

      expect(await listener.heard('resumed')).toEqual({ type: 'resumed', after: before, through: last });
      const messages = listener.events.flatMap((event) => (event.type === 'stored' ? [[event.channel, event.message]] : []));
      expect(messages).toEqual([1, 3, 5, 7, 9].map((n) => [one, [n]]));
      expect(await told(listener, other, one)).toEqual(whole(one));
    });
  });

  test('takes 100 channels, and is for one connection alone', () =>
    listening(2, async (narrow, wide) => {
      const [one, other] = [newChannel(), newChannel()];
      const channels = [...range(1, 99).map((n) => `channel-${n}`), other];
      narrow.say({ action: 'subscribe', channels });
      expect(await narrow.heard('subscribed')).toEqual({ type: 'subscribed', channels: channels.toSorted() });
      const [toNarrow] = await Promise.all([told(narrow, one, other)]);

      expect(toNarrow).toEqual(whole(other));
      await wide.heard('stored', ({ channel }) => channel === one);
    }));
});

describe('anything else', () => {
  const frames: [string, string][] = [
    ['nonsense', FRAMES],
    ['', FRAMES],
    [' ', FRAMES],
    ['{', FRAMES],
    ['null', FRAMES],
    ['5', FRAMES],
    ['"resume"', FRAMES],
    ['[]', FRAMES],
    ['[{"action":"resume","after":0}]', FRAMES],
    ['{}', FRAMES],
    ['{"action":null}', FRAMES],
    ['{"action":5}', FRAMES],
    ['{"action":["resume"]}', FRAMES],
    ['{"action":"$connect"}', FRAMES],
    ['{"action":"$default"}', FRAMES],
    ['{"action":"Resume","after":0}', FRAMES],
    ['{"action":"__proto__"}', FRAMES],
    ['{"__proto__":{"action":"resume","after":0}}', FRAMES],
    ['{"action":"resume"}', AFTER],
    ['{"action":"resume","after":"0"}', AFTER],
    ['{"action":"resume","after":null}', AFTER],
    ['{"action":"resume","after":-1}', AFTER],
    ['{"action":"resume","after":1.5}', AFTER],
    ['{"action":"resume","after":1e400}', AFTER],
    ['{"action":"resume","after":9007199254740992}', AFTER],
    ['{"action":"resume","after":[0]}', AFTER],
    ['{"action":"subscribe","channels":"a"}', NAMES],
    ['{"action":"subscribe","channels":{}}', NAMES],
    ['{"action":"subscribe","channels":[1]}', NAMES],
    ['{"action":"subscribe","channels":["a b"]}', NAMES],
    ['{"action":"subscribe","channels":[""]}', NAMES],
    [`{"action":"subscribe","channels":["${'c'.repeat(65)}"]}`, NAMES],
    [JSON.stringify({ action: 'subscribe', channels: range(1, 101).map(String) }), 'channels: at most 100'],
    [`{"action":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, FRAMES],
    ['['.repeat(30_000), FRAMES],
    [`{"action":"resume","after":${'9'.repeat(30_000)}}`, AFTER],
    ['x'.repeat(30_000), FRAMES],
    ['\u0000\u0001\ufffe\uffff', FRAMES],
  ];

  test.each(frames.map(([frame, message]) => [frame.slice(0, 60), frame, message] as const))(
    'gets an error, and the connection goes on: %j',
    (_, frame, message) =>
      listening(1, async (listener) => {
        listener.say(frame);
        expect(await listener.heard('error')).toEqual({ type: 'error', message });
        await listener.heard('stored', about(await sent('[1]', newChannel())));
        listener.say({ action: 'resume', after: 1_000_000_000 });
        expect(await listener.heard('resumed')).toMatchObject({ after: 1_000_000_000 });
      }),
  );

  test('many bad frames at once get as many errors', () =>
    listening(1, async (listener) => {
      const errors = () => listener.events.filter(({ type }) => type === 'error').length;
      for (const n of range(1, 50)) listener.say(`nonsense ${n}`);
      // They are answered beside each other, and a later frame may be answered before them.
      await eventually(() => errors() >= 50);
      listener.say({ action: 'subscribe', channels: null });
      await listener.heard('subscribed');
      expect(errors()).toBe(50);
    }));

  test('binary frames and frames over 32 KB end the connection, of that client alone', () =>
    listening(3, async (binary, large, other) => {
      binary.socket.send(Buffer.from('{"action":"resume","after":0}'));
      large.socket.send('x'.repeat(32 * 1024 + 1));

      expect(await binary.closed).toBe(1003);
      expect(await large.closed).toBe(1009);
      await other.heard('stored', about(await sent('[1]', newChannel())));
    }));
});
