// How long an event waits for its spans to leave: not beyond the bound, not at all after a failure, and together with others.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { boundedFlush } from '../../functions/shared/tracing/flush.ts';

let failures: string[];
beforeEach(() => {
  failures = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => vi.useRealTimers());

const onFailure = (error: Error) => void failures.push(error.message);
const settings = { boundMs: 100, pauseMs: 1_000, onFailure };

it('waits until everything has left', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOver = false;
  const flushed = boundedFlush(() => promise, settings)().then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(99);
  expect(isOver).toBe(false);
  resolve();
  await flushed;
  expect(failures).toEqual([]);
});

it('gives up at the bound, and then does not wait again until the pause is over', async () => {
  let calls = 0;
  const flush = boundedFlush(() => {
    calls++;
    return new Promise(() => undefined);
  }, settings);
  const first = flush();
  await vi.advanceTimersByTimeAsync(100);
  await first;
  await flush();
  expect(calls).toBe(1);

  await vi.advanceTimersByTimeAsync(1_000);
  const later = flush();
  await vi.advanceTimersByTimeAsync(100);
  await later;
  expect(failures).toEqual(['no answer within 100 ms']);
});

it('tells of each time that the collector is away once, and never rejects', async () => {
  const outcomes = [false, false, true, false];
  const flush = boundedFlush(() => (outcomes.shift() ? Promise.resolve() : Promise.reject(new Error('away'))), settings);
  for (const told of [['away'], ['away'], ['away'], ['away', 'away']]) {
    await flush();
    expect(failures).toEqual(told);
    await vi.advanceTimersByTimeAsync(1_000);
  }
});

it('is one call for the events that end while another is under way', async () => {
  const ends: (() => void)[] = [];
  const flush = boundedFlush(() => new Promise((resolve) => ends.push(resolve)), settings);
  const first = flush();
  await vi.advanceTimersByTimeAsync(0);
  const others = Promise.all([flush(), flush(), flush()]);
  await vi.advanceTimersByTimeAsync(0);
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await others;
});
