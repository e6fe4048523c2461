// How the status page reads two answers, and what it says about them.
import { expect, test } from 'vitest';
import { summary, unchangedSince, verdict, withReading } from '../../web/pages/lazaros/history.ts';
import { type Reading, reading } from '../../web/pages/lazaros/reading.ts';

const up = { Database: true, Cache: true, Messaging: true };
const ready = {
  status: 'pass',
  checks: { 'database:responseTime': [{ componentType: 'datastore', observedValue: 0.8, observedUnit: 'ms', status: 'pass' }] },
};

test('the plain status says what is up, readiness adds the latency', () => {
  expect(reading(1, up, ready).layers).toEqual({ Database: { up: true, latency: 0.8 }, Cache: { up: true }, Messaging: { up: true } });
});

test('readiness alone is enough, and a layer that nobody mentions is unknown', () => {
  expect(reading(1, undefined, ready).layers).toEqual({ Database: { up: true, latency: 0.8 }, Cache: {}, Messaging: {} });
});

test.each([null, 'text', [], { checks: null }, { checks: { database: 'x', 'cache:': [null] } }])(
  'an odd answer, %j, breaks nothing',
  (odd) => {
    expect(verdict(reading(1, odd, odd)).condition).toBe('unknown');
  },
);

test('the verdict names what is down, before what is unknown', () => {
  expect(verdict(reading(1, up, ready))).toEqual({ condition: 'up', sentence: 'All three layers are up' });
  expect(verdict(reading(1, { Database: false, Cache: false }, ready))).toEqual({
    condition: 'down',
    sentence: 'Database and Cache are down',
  });
  expect(verdict(reading(1, undefined, undefined)).sentence).toBe('The status service cannot be reached');
});

const told = (at: number, database: boolean, latency: number): Reading => ({
  at,
  layers: { Database: { up: database, latency }, Cache: {}, Messaging: {} },
});

test('the history forgets what is older than five minutes', () => {
  const history = withReading([told(0, true, 1), told(1_000, true, 1)], told(300_000, true, 1));
  expect(history.map(({ at }) => at)).toEqual([1_000, 300_000]);
});

test('the summary counts latencies only while the layer was up', () => {
  const history = [told(1, true, 3), told(2, true, 1), told(3, false, 900), told(4, true, 2)];
  expect(summary(history, 'Database')).toEqual({ asked: 4, up: 3, down: 1, median: 2, slowest: 3 });
  expect(summary(history, 'Cache')).toEqual({ asked: 4, up: 0, down: 0 });
});

test('a layer is as it is since the first reading after the last other one', () => {
  expect(unchangedSince([told(1, true, 1), told(2, false, 1), told(3, true, 1), told(4, true, 1)], 'Database')).toBe(3);
  expect(unchangedSince([], 'Database')).toBeUndefined();
});
