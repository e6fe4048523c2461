// The last five minutes of readings. Kept over a reload of the page, because the server keeps none.
import { storedList, storeList } from '../../frame/storage.ts';
import { type Layer, layers, type Reading } from './reading.ts';

/** Milliseconds. */
export const span = 5 * 60_000;
const key = 'stackyard.lazaros.history';

export const withReading = (history: readonly Reading[], next: Reading): readonly Reading[] => [
  ...history.filter(({ at }) => at > next.at - span),
  next,
];

const storage = () => sessionStorage;

export const storedHistory = (now: number): readonly Reading[] =>
  storedList<Reading>(storage, key).filter(({ at }) => at > now - span && at <= now);

export const storeHistory = (history: readonly Reading[]) => storeList(storage, key, history);

export interface Summary {
  readonly asked: number;
  /** Readings in which the layer was up, was down. */
  readonly up: number;
  readonly down: number;
  /** Milliseconds, of the readings in which it was up. */
  readonly median?: number;
  readonly slowest?: number;
}

export function summary(history: readonly Reading[], layer: Layer): Summary {
  const readings = history.map((entry) => entry.layers[layer]);
  const latencies = readings.flatMap(({ up, latency }) => (up === true && latency !== undefined ? [latency] : [])).sort((a, b) => a - b);
  const count = {
    asked: readings.length,
    up: readings.filter(({ up }) => up === true).length,
    down: readings.filter(({ up }) => up === false).length,
  };
  const median = latencies[Math.floor(latencies.length / 2)];
  const slowest = latencies.at(-1);
  return median === undefined || slowest === undefined ? count : { ...count, median, slowest };
}

/** Since when a layer is as it is now, as far as the history reaches. */
export function unchangedSince(history: readonly Reading[], layer: Layer): number | undefined {
  const now = history.at(-1)?.layers[layer].up;
  const lastOther = history.findLastIndex((entry) => entry.layers[layer].up !== now);
  return history[lastOther + 1]?.at;
}

/** The verdict in one sentence, for the title, the heading and the live region. */
export function verdict(reading: Reading | undefined): { condition: 'up' | 'down' | 'unknown'; sentence: string } {
  if (reading === undefined) return { condition: 'unknown', sentence: 'Asking for the first time' };
  const down = layers.filter((layer) => reading.layers[layer].up === false);
  const silent = layers.filter((layer) => reading.layers[layer].up === undefined);
  if (silent.length === layers.length) return { condition: 'unknown', sentence: 'The status service cannot be reached' };
  if (down.length > 0) return { condition: 'down', sentence: `${listed(down)} ${down.length === 1 ? 'is' : 'are'} down` };
  if (silent.length > 0) return { condition: 'unknown', sentence: `Nothing is known about ${listed(silent)}` };
  return { condition: 'up', sentence: 'All three layers are up' };
}

const listed = (names: readonly string[]) => new Intl.ListFormat('en').format(names);
