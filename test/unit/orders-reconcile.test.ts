// The reconciler: sagas that are due are undone, tried again, or parked for somebody to look; and two reconcilers never meet.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '../../functions/orders/reconcile.ts';
import type { Decision, SagaId, SagaRepository, SagaRow, State } from '../../functions/orders/saga-repository.ts';
import { log } from '../../functions/shared/logging.ts';

beforeAll(() => log.setLogLevel('SILENT'));

/** What happened, in order. */
let events: string[];
/** What fails, by its line in `events`. */
let broken: Set<string>;
beforeEach(() => {
  events = [];
  broken = new Set();
});

async function happens<Result>(event: string, result: Result): Promise<Result> {
  events.push(event);
  if (broken.has(event)) throw new Error(`${event} failed`);
  return result;
}

const due = (order_id: string, state: State, tries = 0) => ({ order_id, attempt: 1, state, tries }) as SagaRow;
const name = ({ orderId, attempt }: SagaId) => `${orderId}/${attempt}`;

function reconciling(rows: readonly SagaRow[], { taken = true, decision }: { taken?: boolean; decision?: Decision } = {}) {
  const sagas = {
    due: async () => rows,
    take: ({ order_id }: SagaRow, seconds: number) => happens(`take ${order_id} for ${seconds} s`, taken),
    abort: (saga: SagaId, reason: string, settled: boolean) =>
      happens(`abort ${name(saga)}: ${reason}, ${settled}`, decision ?? { state: 'compensating', reason }),
    close: (saga: SagaId) => happens(`close ${name(saga)}`, 1),
    park: (saga: SagaId) => happens(`park ${name(saga)}`, 1),
  };
  const participants = {
    refund: (id: string) => happens(`refund ${id}`, { state: 'undone' as const }),
    release: (id: string) => happens(`release ${id}`, { state: 'undone' as const }),
  };
  return reconcile({ sagas: sagas as unknown as SagaRepository, participants });
}

const counts = (changes: object) => ({ settled: 0, waiting: 0, parked: 0, ...changes });

it('does nothing where nothing is due', async () => {
  expect(await reconciling([])).toEqual(counts({}));
  expect(events).toEqual([]);
});

describe('a saga', () => {
  it('that was decided against is undone in reverse, and closed', async () => {
    expect(await reconciling([due('o', 'compensating')])).toEqual(counts({ settled: 1 }));
    expect(events).toEqual(['take o for 30 s', 'refund o/1', 'release o/1', 'close o/1']);
  });

  it('that still runs is decided against first', async () => {
    expect(await reconciling([due('o', 'running')])).toEqual(counts({ settled: 1 }));
    expect(events.slice(1)).toEqual(['abort o/1: Requests error, false', 'refund o/1', 'release o/1', 'close o/1']);
  });

  it.each<State>(['succeeded', 'failed'])('that turns out to have %s is left as it is', async (state) => {
    expect(await reconciling([due('o', 'running')], { decision: { state, reason: null } })).toEqual(counts({ settled: 1 }));
    expect(events.slice(1)).toEqual(['abort o/1: Requests error, false']);
  });

  it('that another reconciler has taken is skipped', async () => {
    expect(await reconciling([due('o', 'compensating')], { taken: false })).toEqual(counts({}));
    expect(events).toEqual(['take o for 30 s']);
  });
});

describe('a saga that cannot be undone now', () => {
  it.each(['refund o/1', 'release o/1', 'close o/1'])('waits: %s failed', async (step) => {
    broken.add(step);

    expect(await reconciling([due('o', 'compensating')])).toEqual(counts({ waiting: 1 }));
    expect(events.at(-1)).toBe(step);
  });

  it('that cannot even be decided waits, too', async () => {
    broken.add('abort o/1: Requests error, false');

    expect(await reconciling([due('o', 'running')])).toEqual(counts({ waiting: 1 }));
  });

  it('does not keep others waiting', async () => {
    broken.add('refund a/1');

    expect(await reconciling([due('a', 'compensating'), due('b', 'compensating')])).toEqual(counts({ settled: 1, waiting: 1 }));
    expect(events.at(-1)).toBe('close b/1');
  });

  it('waits twice as long each time, over an hour in all, and is parked at the eighth failure', async () => {
    broken.add('release o/1');
    const outcomes: object[] = [];
    for (let tries = 0; tries < 8; tries++) outcomes.push(await reconciling([due('o', 'compensating', tries)]));

    expect(outcomes).toEqual([...Array(7).fill(counts({ waiting: 1 })), counts({ parked: 1 })]);
    const waits = events.flatMap((event) => /^take o for (\d+) s$/.exec(event)?.slice(1).map(Number) ?? []);
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3840]);
    expect(waits.slice(0, 7).reduce((sum, wait) => sum + wait)).toBeGreaterThan(3600);
  });

  it('is parked before its eighth try, which a participant that hangs may never end, and is closed where that one goes well', async () => {
    expect(await reconciling([due('o', 'compensating', 7)])).toEqual(counts({ settled: 1 }));
    expect(events.slice(1)).toEqual(['park o/1', 'refund o/1', 'release o/1', 'close o/1']);
  });

  it('is parked where more than eight tries were never ended', async () => {
    broken.add('refund o/1');

    expect(await reconciling([due('o', 'compensating', 9)])).toEqual(counts({ parked: 1 }));
    expect(events.slice(1)).toEqual(['park o/1', 'refund o/1']);
  });

  it('is decided against before it is parked, and waits where it cannot be', async () => {
    await reconciling([due('o', 'running', 7)]);
    expect(events.slice(1, 3)).toEqual(['abort o/1: Requests error, false', 'park o/1']);

    broken.add('abort o/1: Requests error, false');
    expect(await reconciling([due('o', 'running', 7)])).toEqual(counts({ waiting: 1 }));
  });
});
