// Waits for a condition, never for a time.
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/** More for slow targets. */
const PATIENCE_MS = Number(process.env.STACKYARD_PATIENCE_MS ?? 30_000);

/** What `look` gives once it neither throws nor gives undefined or false. Rejects with its last failure after `withinMs`. */
export async function eventually<Value>(
  look: () => Promise<Value | undefined | false> | Value | undefined | false,
  withinMs = PATIENCE_MS,
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let failure: unknown = new Error('the condition stayed false');
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadline) throw new Error(`not within ${withinMs / 1000} s: ${String(failure)}`, { cause: failure });
    await pause(LOOK_EVERY_MS);
  }
}
