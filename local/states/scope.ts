// How far an execution, or one branch of it, may still go: when its scope stops, waiting ends and nothing begins any more.
import { Stopped } from './errors.ts';

/** Timers of Node hold 31 bits of milliseconds; no execution lives that long. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Scope {
  #stopped = false;
  readonly #onStop = new Set<() => void>();

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#onStop]) end();
  }

  /** Stops with its parent. `leave` when it has ended by itself. */
  child(): { readonly scope: Scope; leave(): void } {
    const scope = new Scope();
    const end = () => scope.stop();
    this.#onStop.add(end);
    return { scope, leave: () => void this.#onStop.delete(end) };
  }

  /** Rejects with `Stopped`, or with what `late` makes after `seconds`; what was begun goes on by itself then, unheard. */
  waitFor<T>(begun: Promise<T>, seconds?: number, late?: () => Error): Promise<T> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = () => {
        clearTimeout(timer);
        this.#onStop.delete(end);
      };
      const fail = (error: unknown) => {
        settle();
        reject(error);
      };
      const end = () => fail(new Stopped());
      this.#onStop.add(end);
      if (seconds !== undefined && late) timer = setTimeout(() => fail(late()), Math.min(seconds * 1000, LONGEST_TIMER_MS));
      begun.then((value) => {
        settle();
        resolve(value);
      }, fail);
    });
  }

  pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    return this.waitFor(promise).finally(() => clearTimeout(timer));
  }
}
