// How `/live` keeps its connection: it comes back by itself, in time, and says how it stands.
import { afterEach, expect, test, vi } from 'vitest';
import { backoff } from '../../web/live/backoff.ts';
import { standing } from '../../web/live/words.ts';
import { asksForEnd, resumed, stored, visit } from './console-live-fixture.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('the wait before an attempt doubles from a quarter of a second to ten seconds, and chance takes any part of it', () => {
  expect([0, 1, 2, 5, 6, 40].map((attempt) => backoff(attempt, 1))).toEqual([250, 500, 1_000, 8_000, 10_000, 10_000]);
  expect(backoff(3, 0)).toBe(0);
  expect(backoff(3, 0.25)).toBe(500);
});

test('a connection that is lost is tried again after a wait that grows, until one works', () => {
  const { sockets, socket, state } = visit();
  socket().greet(0);
  for (const wait of [125, 250, 500, 1_000]) {
    const before = sockets.length;
    socket().onclose?.();
    expect(state()).toEqual({ is: 'waiting', until: Date.now() + wait });
    vi.advanceTimersByTime(wait - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
    expect(state()).toEqual({ is: 'connecting' });
  }
  socket().greet(0);
  expect(state()).toEqual({ is: 'connected' });
  socket().onclose?.();
  expect(state()).toEqual({ is: 'waiting', until: Date.now() + 125 });
});

test('a server that takes connections and says nothing does not count as one that works', () => {
  const { sockets, socket, state } = visit();
  socket().onopen?.();
  vi.advanceTimersByTime(10_000);
  expect(sockets[0]?.closed).toBe(true);
  vi.advanceTimersByTime(125);
  socket().onopen?.();
  socket().onclose?.();
  expect(state()).toEqual({ is: 'waiting', until: Date.now() + 250 });
});

test('an attempt without an end is given up', () => {
  const { sockets, socket } = visit();
  vi.advanceTimersByTime(10_000 + 125);
  expect(sockets).toHaveLength(2);
  expect(sockets[0]?.closed).toBe(true);
  socket().greet(0);
  vi.advanceTimersByTime(3_600_000);
  expect(sockets).toHaveLength(2);
});

test('each piece of a long history gives the next one time', () => {
  const { sockets, socket, state } = visit();
  socket().greet(3);
  for (const id of [1, 2, 3]) {
    vi.advanceTimersByTime(9_000);
    socket().say(stored(id));
  }
  socket().say(resumed(0, 3));
  expect(state()).toEqual({ is: 'connected' });
  expect(sockets).toHaveLength(1);
});

test('it is tried at once when somebody asks for it or the network is back, but not where a connection is', () => {
  const { page, sockets, socket } = visit();
  socket().greet(0);
  page.tryNow();
  expect(sockets).toHaveLength(1);
  socket().onclose?.();
  page.tryNow();
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(125);
  expect(sockets).toHaveLength(2);
});

test('without a network nothing is tried, and what was open is dead', () => {
  const { page, sockets, socket, state } = visit();
  socket().greet(0);
  page.offline();
  expect(sockets[0]?.closed).toBe(true);
  expect(sockets[0]?.onmessage).toBeNull();
  expect(state()).toEqual({ is: 'offline' });
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  page.tryNow();
  expect(sockets).toHaveLength(2);
});

test('after a silence a connection is asked whether it lives when somebody looks, and dropped when it does not answer', () => {
  const { page, sockets, socket } = visit();
  socket().greet(0);
  page.lookedAt();
  expect(socket().sent).toEqual([asksForEnd]);
  vi.advanceTimersByTime(30_000);
  page.lookedAt();
  expect(socket().sent).toEqual([asksForEnd, asksForEnd]);
  vi.advanceTimersByTime(10_000 + 125);
  expect(sockets).toHaveLength(2);
});

test('an error that answers a question ends the connection; one that comes later is only shown', () => {
  const { page, sockets, socket } = visit();
  socket().onopen?.();
  socket().say({ message: 'Internal server error', connectionId: 'c', requestId: 'r' });
  expect(sockets[0]?.closed).toBe(true);
  expect(page.view().complaint).toBe('Internal server error');
  page.tryNow();
  socket().greet(0);
  expect(page.view().complaint).toBeUndefined();
  socket().say({ type: 'error', message: 'no' });
  expect(page.view()).toMatchObject({ complaint: 'no', state: { is: 'connected' } });
});

test.each([
  [{ is: 'connecting' }, 'Connecting…', false],
  [{ is: 'connected' }, 'Connected', false],
  [{ is: 'catching up', done: 12, of: 40 }, 'Catching up: 12 of 40 messages', false],
  [{ is: 'catching up', done: 12, of: undefined }, 'Catching up: 12 messages', false],
  [{ is: 'waiting', until: 3_400 }, 'Connection lost, trying again in 3 s', true],
  [{ is: 'waiting', until: 500 }, 'Connection lost, trying again in 1 s', true],
  [{ is: 'offline' }, 'No network. It goes on when the network is back', true],
] as const)('how it stands in words: %j', (state, long, mayTry) => {
  expect(standing(state, 500)).toMatchObject({ long, mayTry });
});
