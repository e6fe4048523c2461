// Asking again and again: one loop for both kinds of pages, those that wait for an end and those that watch for ever.

/**
 * Runs `step` until it returns `stop` or the signal aborts. `step` returns how many ms to wait before it runs again.
 * An error of `step` ends the loop and is thrown; after an abort nothing is thrown.
 */
export async function poll(step: (signal: AbortSignal) => Promise<number | 'stop'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const wait = await step(signal);
      if (wait === 'stop') return;
      await pause(wait, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** Waits for a job: quick at first, because most pictures take well under a second, at most every 5 s later. */
export const backOff = (attempt: number) => Math.min(5_000, 150 * 1.5 ** attempt);

/** Resolves at once where the page is seen, otherwise when it is seen again or the signal aborts: nobody looks at what a hidden page asks for. */
export function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (document.visibilityState === 'visible') return resolve();
    const over = new AbortController();
    const look = () => {
      if (document.visibilityState !== 'visible' && !signal.aborted) return;
      over.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', look, { signal: over.signal });
    signal.addEventListener('abort', look, { signal: over.signal });
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const onAbort = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
