// How often what was answered and how long it took: counts of this environment that Redis does not have yet. Bounded by the route tables.

/** What a request is counted as; `route` is the path as its table has it. */
export interface Series {
  readonly service: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

/** Upper bounds of the histogram's buckets, in seconds. What they are is part of the data: others belong under another key of the store. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
export const INFINITE = '+Inf';
/** The cell of a series that is no bucket: all its durations together, in whole microseconds, which add up exactly. */
export const SUM = 'sum';

/** Field of the store → what is to be added to it. A request is in one bucket only, the smallest that holds it. */
export type Increments = Map<string, number>;

export function count(increments: Increments, { service, method, route, status }: Series, seconds: number): void {
  const series = `${service} ${method} ${route} ${status}`;
  add(increments, `${series} ${BUCKETS.find((bound) => seconds <= bound) ?? INFINITE}`, 1);
  add(increments, `${series} ${SUM}`, Math.round(seconds * 1e6));
}

const add = (increments: Increments, field: string, by: number) => increments.set(field, (increments.get(field) ?? 0) + by);

/** A series as it was counted, with all buckets, each for itself. */
export interface Counted extends Series {
  readonly buckets: readonly number[];
  readonly microseconds: number;
}

/** What `count` has written, read back; in order. */
export function countedIn(fields: Readonly<Record<string, string>>): Counted[] {
  const cells = [...BUCKETS.map(String), INFINITE];
  const found = new Map<string, { series: Series; buckets: number[]; microseconds: number }>();
  for (const field of Object.keys(fields).sort()) {
    const [service = '', method = '', route = '', status = '', cell = ''] = field.split(' ');
    const name = field.slice(0, -cell.length);
    const counted = found.get(name) ?? {
      series: { service, method, route, status: Number(status) },
      buckets: cells.map(() => 0),
      microseconds: 0,
    };
    if (cell === SUM) counted.microseconds = Number(fields[field]);
    else counted.buckets[cells.indexOf(cell)] = Number(fields[field]);
    found.set(name, counted);
  }
  return [...found.values()].map(({ series, ...counted }) => ({ ...series, ...counted }));
}
