// What happens when: events in the order of their times, and those of one time in the order in which they were planned.

export interface Timeline {
  /** Milliseconds since the beginning. */
  readonly now: number;
  after(ms: number, happen: () => void): void;
  /** Until nothing is left to happen, or a time has come. */
  run(until?: number): void;
}

interface Planned {
  readonly at: number;
  readonly number: number;
  readonly happen: () => void;
}

const isSooner = (one: Planned, other: Planned) => one.at < other.at || (one.at === other.at && one.number < other.number);

export function timeline(): Timeline {
  /** A binary heap: the children of place i are at 2i + 1 and 2i + 2, and never sooner than it. */
  const heap: Planned[] = [];
  let now = 0;
  let planned = 0;

  function put(event: Planned): void {
    let place = heap.push(event) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Planned;
      if (!isSooner(event, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  function takeSoonest(): Planned {
    const soonest = heap[0] as Planned;
    const last = heap.pop() as Planned;
    if (heap.length > 0) sink(last);
    return soonest;
  }

  function sink(event: Planned): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const below = right < heap.length && isSooner(heap[right] as Planned, heap[left] as Planned) ? right : left;
      if (!isSooner(heap[below] as Planned, event)) break;
      heap[place] = heap[below] as Planned;
      place = below;
    }
    heap[place] = event;
  }

  return {
    get now() {
      return now;
    },
    after: (ms, happen) => put({ at: now + ms, number: planned++, happen }),
    run(until = Number.POSITIVE_INFINITY) {
      while (heap[0] && heap[0].at <= until) {
        const { at, happen } = takeSoonest();
        now = at;
        happen();
      }
      if (Number.isFinite(until)) now = until;
    },
  };
}

/** Calls `happen` at the times of a Poisson process, from now on for so long. */
export function arrivals(time: Timeline, gap: () => number, forMs: number, happen: () => void): void {
  const end = time.now + forMs;
  const next = () => {
    const ms = gap();
    if (time.now + ms > end) return;
    time.after(ms, () => {
      happen();
      next();
    });
  };
  next();
}
