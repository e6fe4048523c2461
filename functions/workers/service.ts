// What is going on in all queues and topics, put together from what can be read at the moment.
import type { Counts } from './counts.ts';
import { type Activity, TASKS_SHOWN } from './journal-reader.ts';
import type { Measurements } from './measurements.ts';
import type { Report } from './routes.ts';
import type { Watched } from './watched.ts';

export interface Sources {
  readonly counts: (url: string) => Promise<Counts>;
  readonly measurements: (watched: readonly Watched[]) => Promise<Measurements>;
  /** Undefined where the cache does not answer. */
  readonly journal: (sources: readonly string[]) => Promise<ReadonlyMap<string, Activity> | undefined>;
  /** Hears why something could not be read: clients are told only that. */
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Reports are shared for this long, so that many open pages cost as much as one. */
const SHARED_MS = 1_000;

export function workersService(watched: readonly Watched[], sources: Sources, clock: () => Date) {
  let shared: { readonly report: Promise<Report>; readonly until: number } | undefined;

  return function report(): Promise<Report> {
    const now = clock();
    if (shared === undefined || now.getTime() >= shared.until)
      shared = { report: observe(watched, sources, now), until: now.getTime() + SHARED_MS };
    return shared.report;
  };
}

async function observe(watched: readonly Watched[], { counts, measurements, journal, onFailure }: Sources, now: Date): Promise<Report> {
  const problems: string[] = [];
  /** What `reading` gives; null, with a problem, where it fails. */
  const orNull = <Value>(reading: Promise<Value>, what: string): Promise<Value | null> =>
    reading.catch((error: unknown) => {
      onFailure(what, error);
      problems.push(`${what} cannot be read now.`);
      return null;
    });

  const counting = watched.map(async (each) => {
    const [own, dead] = await Promise.all([
      each.kind === 'queue' ? orNull(counts(each.url), `The length of ${each.name}`) : null,
      orNull(counts(each.deadLettersUrl), `The number of dead letters of ${each.name}`),
    ]);
    return { each, own, dead };
  });
  const [counted, activity] = await Promise.all([Promise.all(counting), journal(watched.map(({ source }) => source))]);
  if (!activity) problems.push('The cache does not answer: rates, failures and recent tasks are not known now.');

  // What is empty has no age: asking for it would cost money and tell nothing.
  const isBusy = ({ each, own }: (typeof counted)[number]) => each.kind === 'topic' || own === null || own.waiting + own.inFlight > 0;
  const busy = counted.filter(isBusy).map(({ each }) => each);
  const measured = await orNull(measurements(busy), 'The age of what waits, and the length of topics,');

  for (const { kind, name, source } of measured ? watched : [])
    if (kind === 'topic' && !measured?.lag.has(source)) problems.push(`The length of ${name} is not measured now.`);

  const queues = counted.map(({ each, own, dead }) => {
    const { name, kind, description, source, consumers } = each;
    const lag = measured?.lag.get(source) ?? null;
    const age = busy.includes(each) ? (measured?.oldestAge.get(source) ?? null) : 0;
    return {
      name,
      kind,
      description,
      waiting: kind === 'queue' ? (own?.waiting ?? null) : lag,
      inFlight: own?.inFlight ?? null,
      oldestAgeSeconds: kind === 'topic' && lag === 0 ? 0 : age,
      processedPerSecond: activity?.get(source)?.processedPerSecond ?? null,
      failures: activity?.get(source)?.failures ?? null,
      deadLetters: dead && dead.waiting + dead.inFlight,
      consumers,
    };
  });
  const tasks = watched
    .flatMap(({ name, source }) => (activity?.get(source)?.tasks ?? []).map((task) => ({ ...task, queue: name })))
    .sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))
    .slice(0, TASKS_SHOWN);
  return { queues, tasks, problems, observedAt: now.toISOString() };
}
