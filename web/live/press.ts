// One press sends one message: the second half of a double click, and a press after no answer came, go under the key of the first.

/** Milliseconds within which two presses are a double click. */
const DOUBLE_CLICK = 600;

export interface Press {
  /** All that is sent. */
  readonly what: string;
  readonly key: string;
  /** Milliseconds, by a clock that only goes forward. */
  readonly at: number;
  isAnswered: boolean;
}

export function pressOf(before: Press | undefined, what: string, at: number, newKey: () => string): Press {
  const isSame = before?.what === what && (!before.isAnswered || at - before.at < DOUBLE_CLICK);
  return before && isSame ? before : { what, key: newKey(), at, isAnswered: false };
}
