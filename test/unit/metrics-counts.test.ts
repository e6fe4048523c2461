// What a request is counted as, and how it is read back.
import { expect, it } from 'vitest';
import { BUCKETS, count, countedIn, type Increments, type Series } from '../../functions/shared/metrics/counts.ts';

const find: Series = { service: 'stock', method: 'GET', route: '/stock/find/{item_id}', status: 200 };

function counted(...requests: [Series, number][]) {
  const increments: Increments = new Map();
  for (const [series, seconds] of requests) count(increments, series, seconds);
  return increments;
}
/** As Redis gives them. */
const stored = (increments: Increments) => Object.fromEntries([...increments].map(([field, by]) => [field, String(by)]));
/** The bounds of those buckets that hold something. */
const filled = (seconds: number) =>
  countedIn(stored(counted([find, seconds]))).map(({ buckets }) =>
    buckets.map((n, at) => [n, BUCKETS[at] ?? '+Inf']).filter(([n]) => n === 1),
  );

it.each([
  [0, 0.001],
  [0.001, 0.001],
  [0.0010001, 0.0025],
  [0.3, 0.5],
  [10, 10],
  [10.001, '+Inf'],
])('a request of %d s is in the bucket up to %s, and in no other', (seconds, bound) => {
  expect(filled(seconds)).toEqual([[[1, bound]]]);
});

it('requests of one series add up, and series are apart', () => {
  const slow = { ...find, status: 400 };
  const series = countedIn(stored(counted([find, 0.0004], [slow, 2], [find, 0.0007], [find, 0.02])));

  const buckets = (changes: Record<number, number>) => Object.assign(Array(BUCKETS.length + 1).fill(0), changes);
  expect(series).toEqual([
    { ...find, buckets: buckets({ 0: 2, 4: 1 }), microseconds: 21_100 },
    { ...slow, buckets: buckets({ 10: 1 }), microseconds: 2_000_000 },
  ]);
});

it('durations are added in whole microseconds: nothing is lost by adding many', () => {
  const increments = counted(...Array.from({ length: 10_000 }, () => [find, 0.000_123_4] as [Series, number]));

  expect(countedIn(stored(increments))[0]?.microseconds).toBe(1_230_000);
});

it('nothing counted is nothing', () => {
  expect(countedIn({})).toEqual([]);
});
