// What `/live` asks the stream for, and what it takes from it: each message once, in order, without a gap.
import { afterEach, expect, test, vi } from 'vitest';
import { asksForEnd, range, received, resumed, stored, visit } from './console-live-fixture.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a first visit asks where the stream ends, then for the newest 50', () => {
  const { socket, ids, state } = visit();
  socket().greet(80);
  expect(socket().sent).toEqual([asksForEnd, { action: 'resume', after: 30 }]);
  expect(state()).toEqual({ is: 'catching up', done: 0, of: 50 });
  socket().say(...range(31, 70).map((id) => stored(id)));
  expect(state()).toEqual({ is: 'catching up', done: 40, of: 50 });
  socket().say(...range(71, 80).map((id) => stored(id)));
  socket().say(resumed(30, 80));
  expect(state()).toEqual({ is: 'connected' });
  expect(ids()).toEqual(range(31, 80));
});

test('a first visit to a stream without messages asks for nothing', () => {
  const { socket, ids, state } = visit();
  socket().greet(0);
  expect(socket().sent).toEqual([asksForEnd]);
  expect(state()).toEqual({ is: 'connected' });
  socket().say(stored(1));
  expect(ids()).toEqual([1]);
});

test('a tab that was loaded again goes on where it was, and shows no fewer than the newest 50', () => {
  expect(asked({ reached: 100, end: 300 })).toBe(100);
  expect(asked({ reached: 299, end: 300 })).toBe(250);

  function asked({ reached, end }: { reached: number; end: number }) {
    const { socket } = visit({ reached });
    socket().greet(end);
    return (socket().sent.at(-1) as { after: number }).after;
  }
});

test('after a break it resumes from the last message that it has', () => {
  const { page, socket, ids } = visit();
  socket().greet(0);
  socket().say(stored(1), stored(2));
  socket().onclose?.();
  page.tryNow();
  socket().greet(5);
  expect(socket().sent).toEqual([asksForEnd, { action: 'resume', after: 2 }]);
  socket().say(stored(3), stored(4), stored(5), resumed(2, 5));
  socket().say(stored(6));
  expect(ids()).toEqual(range(1, 6));
  expect(page.reached()).toBe(6);
});

test('news that come before the history that was asked for wait for it', () => {
  const { page, socket, ids } = visit();
  socket().greet(0);
  socket().say(stored(1));
  socket().onclose?.();
  page.tryNow();
  socket().greet(3);
  socket().say(stored(4), stored(5));
  expect(ids()).toEqual([1]);
  socket().say(stored(2), stored(3), stored(4), stored(5), stored(6), resumed(1, 6));
  expect(ids()).toEqual(range(1, 6));
});

test('a gap is noticed: the page asks for what is missing before it shows more', () => {
  const { socket, ids, state } = visit();
  socket().greet(0);
  socket().say(stored(1));
  socket().say(stored(4));
  expect(ids()).toEqual([1]);
  expect(socket().sent.at(-1)).toEqual(asksForEnd);
  socket().say(resumed(asksForEnd.after, 4));
  expect(socket().sent.at(-1)).toEqual({ action: 'resume', after: 1 });
  socket().say(stored(2), stored(3), stored(4), resumed(1, 4));
  expect(ids()).toEqual(range(1, 4));
  expect(state()).toEqual({ is: 'connected' });
});

test('the end of another question is not the end of this one', () => {
  const { socket, state } = visit();
  socket().greet(80);
  socket().say(resumed(7, 80));
  expect(state()).toMatchObject({ is: 'catching up' });
});

test('what comes twice is shown once', () => {
  const { page, socket, ids } = visit();
  socket().greet(0);
  socket().say(received(1), stored(1), stored(1));
  socket().say(received(1), stored(2));
  socket().say(stored(1), stored(2));
  expect(ids()).toEqual([1, 2]);
  expect(page.view().rows).toHaveLength(2);
  expect(page.view().count).toBe(2);
});

test('a message that is on its way stands above the stored ones, with the time until each was told', () => {
  const { page, socket } = visit();
  socket().greet(0);
  socket().say(stored(1));
  vi.setSystemTime(7);
  socket().say(received(2));
  expect(page.view().rows.map(({ key, id, receivedAfter }) => [key, id, receivedAfter])).toEqual([
    ['key-2', undefined, 7],
    ['key-1', 1, undefined],
  ]);
  vi.setSystemTime(12);
  socket().say(stored(2));
  expect(page.view().rows[0]).toMatchObject({ id: 2, receivedAfter: 7, storedAfter: 12 });
});

test('the time of messages that came while the page was away is not its latency', () => {
  const { page, socket } = visit();
  socket().greet(3);
  socket().say(stored(1), stored(2), stored(3), resumed(0, 3));
  expect(page.view().measured.stored).toBeUndefined();
  vi.setSystemTime(20);
  socket().say(stored(4));
  expect(page.view().measured.stored).toEqual({ median: 20, p99: 20 });
});

test('who missed more than the list could hold sees the newest, and is told how many are left out', () => {
  const { page, socket } = visit({ reached: 100 });
  socket().greet(5_000);
  expect(socket().sent.at(-1)).toEqual({ action: 'resume', after: 4_500 });
  expect(page.view().skipped).toBe(4_400);
});

test('a server with another history, which ends earlier, is shown from anew', () => {
  const { page, socket, ids } = visit();
  socket().greet(0);
  socket().say(...range(1, 9).map((id) => stored(id)));
  socket().onclose?.();
  page.tryNow();
  socket().greet(1);
  expect(ids()).toEqual([]);
  socket().say(stored(1), resumed(0, 1));
  socket().say(stored(2));
  expect(ids()).toEqual([1, 2]);
});

test('the list is bounded', () => {
  const { page, socket } = visit();
  socket().greet(0);
  for (const id of range(1, 800)) socket().say(stored(id));
  for (const n of range(801, 1_500)) socket().say(received(n));
  const { rows } = page.view();
  expect(rows).toHaveLength(500);
  expect(rows[0]?.key).toBe('key-1500');
  expect(rows.filter(({ id }) => id !== undefined)).toHaveLength(300);
});
