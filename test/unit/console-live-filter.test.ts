// `/live` with a filter: the server is told, ids have gaps by nature, and nothing of other channels is shown.
import { afterEach, expect, test, vi } from 'vitest';
import { channelsError, channelsOf } from '../../web/live/channels.ts';
import { asksForEnd, received, resumed, stored, visit } from './console-live-fixture.ts';

afterEach(() => {
  vi.useRealTimers();
});

const subscribed = (channels: readonly string[] | null) => ({ type: 'subscribed', channels });

test('a filter is told first; only then is asked what was missed', () => {
  const { socket, ids, state } = visit({ channels: ['a'] });
  socket().onopen?.();
  expect(socket().sent).toEqual([{ action: 'subscribe', channels: ['a'] }]);
  socket().say(subscribed(['a']));
  socket().say(resumed(asksForEnd.after, 900));
  expect(socket().sent.slice(1)).toEqual([asksForEnd, { action: 'resume', after: 400 }]);
  expect(state()).toEqual({ is: 'catching up', done: 0, of: undefined });
  socket().say(stored(500, 'a'), stored(800, 'a'), resumed(400, 900));
  socket().say(stored(950, 'a'));
  expect(ids()).toEqual([500, 800, 950]);
  expect(socket().sent).toHaveLength(3);
});

test('with a filter nobody is far behind: what was missed may be little', () => {
  const { page, socket } = visit({ channels: ['a'] });
  socket().onopen?.();
  socket().say(subscribed(['a']), resumed(asksForEnd.after, 0), stored(3, 'a'));
  socket().onclose?.();
  page.tryNow();
  socket().onopen?.();
  socket().say(subscribed(['a']), resumed(asksForEnd.after, 9_000));
  expect(socket().sent.at(-1)).toEqual({ action: 'resume', after: 3 });
});

test('a change of the filter begins the list anew', () => {
  const { page, socket, ids } = visit();
  socket().greet(0);
  socket().say(stored(1, 'a'), stored(2, 'b'));
  page.narrow(['b']);
  expect(ids()).toEqual([]);
  expect(socket().sent.at(-1)).toEqual({ action: 'subscribe', channels: ['b'] });
  socket().say(subscribed(['b']), resumed(asksForEnd.after, 2), stored(2, 'b'), resumed(0, 2));
  expect(ids()).toEqual([2]);
  page.narrow(undefined);
  expect(socket().sent.at(-1)).toEqual({ action: 'subscribe', channels: null });
  socket().say(subscribed(null), resumed(asksForEnd.after, 2), stored(1, 'a'), stored(2, 'b'), resumed(0, 2));
  expect(ids()).toEqual([1, 2]);
});

test('what is still on its way from other channels is not shown', () => {
  const { page, socket } = visit();
  socket().greet(0);
  page.narrow(['b']);
  socket().say(received(1, 'a'), stored(1, 'a'));
  socket().say(subscribed(['b']), resumed(asksForEnd.after, 1), resumed(0, 1));
  expect(page.view().rows).toEqual([]);
  expect(page.view().state).toEqual({ is: 'connected' });
  expect(page.reached()).toBe(1);
});

test('an answer to an earlier filter is not taken for the answer to this one', () => {
  const { page, socket } = visit();
  socket().greet(0);
  page.narrow(['a']);
  page.narrow(['b']);
  const asked = socket().sent.length;
  socket().say(subscribed(['a']));
  expect(socket().sent).toHaveLength(asked);
  socket().say(subscribed(['b']));
  expect(socket().sent).toHaveLength(asked + 1);
});

test('channels as they are typed', () => {
  expect(channelsOf(' b, a b ')).toEqual(['a', 'b']);
  expect(channelsOf(' , ')).toBeUndefined();
  expect(channelsError(['a', 'x.y-z_1'])).toBeUndefined();
  expect(channelsError(['a/b'])).toContain('“a/b” cannot be a channel');
  expect(channelsError(['x'.repeat(65)])).toBeDefined();
});
