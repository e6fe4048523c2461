// One layer, asked by a real round trip over a connection that is kept while it works and dropped when it does not.

/** A connection to a layer that can be asked and closed. */
export interface Line {
  /** One round trip to the server. */
  ask(): Promise<unknown>;
  /** Closes at once, also when the server does not answer any more. */
  close(): void;
}

export interface Outcome {
  readonly up: boolean;
  readonly milliseconds: number;
}

/** A line left alone for longer may have been cut by a proxy or a thaw of the environment without a word: it is not trusted. */
const MAX_IDLE_MS = 30_000;

/**
 * Asks with a deadline for everything, opening the connection included. A line that failed is closed; where it had been used before, the failure
 * may be the line's and not the server's, so a new one is tried in the time that is left. A layer that is back is seen by the next question.
 */
export function probe(open: () => Promise<Line>, deadlineMs: number, clock: () => number = performance.now.bind(performance)) {
  let line: { readonly opened: Promise<Line>; askedAt?: number } | undefined;

  function drop(): void {
    line?.opened.then((opened) => opened.close()).catch(() => undefined);
    line = undefined;
  }

  async function askOnce(): Promise<void> {
    line ??= { opened: open() };
    await (await line.opened).ask();
  }

  async function askTwice(began: number, isOver: () => boolean): Promise<void> {
    if (line?.askedAt !== undefined && began - line.askedAt > MAX_IDLE_MS) drop();
    const isUsed = line?.askedAt !== undefined;
    await askOnce().catch((error: unknown) => {
      // Closing a line that hangs fails its question, too; a line opened then would be old news to the next question.
      if (!isUsed || isOver()) throw error;
      drop();
      return askOnce();
    });
  }

  return async function ask(): Promise<Outcome> {
    const began = clock();
    let isOver = false;
    const up = await within(
      deadlineMs,
      askTwice(began, () => isOver),
    );
    isOver = true;
    if (!up) drop();
    if (line) line.askedAt = clock();
    return { up, milliseconds: Math.round((clock() - began) * 10) / 10 };
  };
}

/** True when the work succeeds in time; false when it fails or is late. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, milliseconds, false);
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
