// Servers with one line before them: processors, connections of a pool, environments.
import type { Timeline } from './timeline.ts';

export interface Station {
  /** Runs `begin` when a server is free, in the order of entering. */
  enter(begin: () => void): void;
  /** Whoever has begun says that it is done. */
  leave(): void;
  /** Milliseconds that all together were in it, waiting or served: the L of Little's law, times the time. */
  readonly presence: number;
  /** How many are in it now. */
  readonly present: number;
}

export function station(time: Timeline, servers: number): Station {
  const line: (() => void)[] = [];
  let first = 0;
  let busy = 0;
  let presence = 0;
  let countedTo = 0;

  function count(): void {
    presence += (busy + line.length - first) * (time.now - countedTo);
    countedTo = time.now;
  }

  function begin(): void {
    while (busy < servers && first < line.length) {
      const next = line[first++] as () => void;
      busy += 1;
      next();
    }
    // A line is an array whose front is left behind: it is made new where nobody is in it.
    if (first === line.length) {
      line.length = 0;
      first = 0;
    }
  }

  return {
    enter(work) {
      count();
      line.push(work);
      begin();
    },
    leave() {
      count();
      busy -= 1;
      begin();
    },
    get presence() {
      count();
      return presence;
    },
    get present() {
      return busy + line.length - first;
    },
  };
}
