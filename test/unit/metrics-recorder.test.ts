// When counts are sent, who waits for it, and what becomes of those that did not arrive.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Series } from '../../functions/shared/metrics/counts.ts';
import { recorder } from '../../functions/shared/metrics/recorder.ts';
import type { Batch } from '../../functions/shared/metrics/store.ts';

const WINDOW = 100;
const AGAIN = 2_000;
const series: Series = { service: 'stock', method: 'GET', route: '/stock', status: 200 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What was sent, as [number, requests in it]; each send waits until it is told whether it arrived. */
function redis() {
  const sent: [number, number][] = [];
  const waiting: ((isIn: boolean) => void)[] = [];
  const record = recorder(
    ({ number, increments }: Batch) => {
      const requests = [...increments].filter(([field]) => !field.endsWith(' sum')).reduce((total, [, n]) => total + n, 0);
      sent.push([number, requests]);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.push(resolve);
      return promise;
    },
    { windowMs: WINDOW, againMs: AGAIN },
  );
  /** Tells whether what is under way arrived. */
  const settle = async (isIn: boolean) => {
    waiting.shift()?.(isIn);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { sent, settle, request: () => record(series, 0.01), pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

it('the first request waits until it is counted', async () => {
  const { sent, settle, request, pass } = redis();
  const answered = vi.fn();
  void request()?.then(answered);
  await pass(40);
  expect(sent).toEqual([[1, 1]]);
  expect(answered).not.toHaveBeenCalled();
  await settle(true);
  expect(answered).toHaveBeenCalledOnce();
});

it('nobody waits while counts are under way, and those that come then go together afterwards', async () => {
  const { sent, settle, request, pass } = redis();
  void request();
  for (let n = 0; n < 5; n++) expect(request()).toBeUndefined();
  await pass(30);
  await settle(true);

  await pass(WINDOW - 31);
  expect(sent).toEqual([[1, 1]]);
  await pass(1);
  expect(sent).toEqual([
    [1, 1],
    [2, 5],
  ]);
});

it('what is under way for long is waited for, and nothing else is sent meanwhile', async () => {
  const { sent, settle, request, pass } = redis();
  void request();
  await pass(3 * WINDOW);
  expect(request()).toBeUndefined();
  await pass(3 * WINDOW);
  expect(sent).toEqual([[1, 1]]);
  await settle(true);
  await pass(1);

  expect(sent).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

it('requests in quick succession wait once in a window, and are sent at its end', async () => {
  const { sent, settle, request, pass } = redis();
  void request();
  await settle(true);
  await pass(10);
  expect(request()).toBeUndefined();
  await pass(20);
  expect(request()).toBeUndefined();
  await pass(WINDOW - 30);
  await settle(true);

  expect(sent).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

it('slow requests each wait, and nothing is sent between them', async () => {
  const { sent, settle, request, pass } = redis();
  for (let n = 1; n <= 3; n++) {
    const waits = request();
    await settle(true);
    await waits;
    expect(sent).toHaveLength(n);
    await pass(WINDOW * 5);
  }
  expect(sent).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
});

it('what did not arrive is sent again as it was, with what came since after it', async () => {
  const { sent, settle, request, pass } = redis();
  void request();
  await settle(false);
  request();
  await pass(WINDOW);
  void request();
  await settle(true);
  await settle(true);

  expect(sent).toEqual([
    [1, 1],
    [1, 1],
    [2, 2],
  ]);
});

it('while nothing arrives a request waits for one try, and tries go on without requests until all is in', async () => {
  const { sent, settle, request, pass } = redis();
  const waits = request();
  await settle(false);
  await waits;
  await pass(AGAIN);
  await settle(false);
  await pass(AGAIN);
  expect(sent).toEqual(Array(3).fill([1, 1]));
  await settle(true);

  await pass(10 * AGAIN);
  expect(sent).toHaveLength(3);
});

it('every request is in exactly one batch, whatever fails when', async () => {
  const { sent, settle, request, pass } = redis();
  let fails = 0;
  for (let n = 0; n < 200; n++) {
    void request();
    await pass((n * 37) % 160);
    await settle((n * 7) % 3 !== 0 || fails++ > 60);
  }
  for (let n = 0; n < 10; n++) {
    await pass(AGAIN);
    await settle(true);
  }

  const batches = new Map(sent);
  expect([...batches.values()].reduce((total, requests) => total + requests)).toBe(200);
  expect([...batches.keys()]).toEqual(Array.from({ length: batches.size }, (_, n) => n + 1));
  for (const [number, requests] of sent) expect(requests).toBe(batches.get(number));
});
