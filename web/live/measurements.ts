// Latency of the last messages, and how many there are a second.

const SAMPLES = 100;
/** Milliseconds over which the rate is taken. */
const WINDOW_MS = 2_000;

export interface Latency {
  readonly median: number;
  readonly p99: number;
}

export interface Measured {
  readonly received: Latency | undefined;
  readonly stored: Latency | undefined;
  /** Of storage, oldest first. */
  readonly trace: readonly number[];
  readonly perSecond: number;
}

export function measurements() {
  const received: number[] = [];
  const stored: number[] = [];
  let times: number[] = [];
  const add = (samples: number[], value: number) => {
    samples.push(value);
    if (samples.length > SAMPLES) samples.shift();
  };

  return {
    received: (after: number) => add(received, after),
    stored(after: number, now: number): void {
      add(stored, after);
      times.push(now);
    },
    summary(now: number): Measured {
      times = times.filter((time) => time > now - WINDOW_MS);
      return { received: latency(received), stored: latency(stored), trace: [...stored], perSecond: times.length / (WINDOW_MS / 1000) };
    },
  };
}

/** By nearest rank: a value that was really seen. */
function latency(samples: readonly number[]): Latency | undefined {
  if (samples.length === 0) return undefined;
  const sorted = samples.toSorted((one, other) => one - other);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
  return { median: rank(0.5), p99: rank(0.99) };
}
