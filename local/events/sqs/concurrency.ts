// How many batches of a queue may be in flight: five at start, more while they do not suffice (S3).

export interface ConcurrencyLimit {
  readonly value: number;
  /** All slots were busy: after a minute of that the limit rises. */
  full(): void;
  /** The queue was empty: back to the start. */
  idle(): void;
}

const START = 5;
const RISE = 60;

/** @param minuteMs AWS's minute in milliseconds here. */
export function concurrencyLimit(maximum: number, minuteMs: number, now: () => number): ConcurrencyLimit {
  const start = Math.min(START, maximum);
  let value = start;
  let since = now();
  return {
    get value() {
      return value;
    },
    full: () => {
      if (now() - since < minuteMs) return;
      value = Math.min(maximum, value + RISE);
      since = now();
    },
    idle: () => {
      value = start;
      since = now();
    },
  };
}
