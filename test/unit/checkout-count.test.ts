// A checkout is counted once, where its answer is decided.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Begun, Decision, SagaRepository } from '../../functions/orders/saga-repository.ts';
import { checkoutSteps } from '../../functions/orders/steps.ts';

const NOW = '2026-01-01T12:00:00.000Z';
const STARTED = '2026-01-01T11:59:59.750Z';
const ORDER = { orderId: 'o', attempt: 1 };
const REQUEST = { orderId: 'o', key: '', sentRequestId: '', execution: 'e', startedAt: STARTED };

beforeEach(() => void vi.useFakeTimers({ now: new Date(NOW) }));
afterEach(() => void vi.useRealTimers());

/** Steps over a saga log that says this after so long; gives what they counted as [route, status, seconds]. */
function steps({ begun, decision, takes = 0 }: { begun?: Partial<Begun>; decision?: Decision; takes?: number }) {
  const counts: unknown[] = [];
  const say = async <Value>(value: Value) => {
    await vi.advanceTimersByTimeAsync(takes);
    return value;
  };
  const sagas: Partial<SagaRepository> = {
    begin: () => say(begun as Begun),
    complete: () => say(decision as Decision),
    abort: () => say(decision as Decision),
  };
  const actions = checkoutSteps(sagas as SagaRepository, ({ method, route, status }, seconds) => {
    counts.push([`${method} ${route}`, status, seconds]);
    return undefined;
  });
  return { counts, ...actions };
}
const CHECKOUT = 'POST /orders/checkout/{order_id}';

describe('begin', () => {
  it('counts what it answers itself: a paid order, an unknown one', async () => {
    const paid = steps({ begun: { status: 'paid' } });
    await paid.begin(REQUEST);
    expect(paid.counts).toEqual([[CHECKOUT, 200, 0.25]]);
    const unknown = steps({});
    await unknown.begin(REQUEST);
    expect(unknown.counts).toEqual([[CHECKOUT, 400, 0.25]]);
  });

  it('does not count a saga that it begins', async () => {
    const { begin, counts } = steps({ begun: { status: 'open', attempt: 1, userId: 'u', items: [], totalCost: 0 } });
    expect(await begin(REQUEST)).toMatchObject({ outcome: 'run' });
    expect(counts).toEqual([]);
  });
});

describe('the decision', () => {
  const succeeded: Decision = { state: 'succeeded', reason: null };
  const failed: Decision = { state: 'compensating', reason: 'User out of credit' };

  it('for a saga counts 200, against it 400, with the time since the execution began', async () => {
    const one = steps({ decision: succeeded, takes: 500 });
    await one.complete({ ...ORDER, startedAt: STARTED });
    const other = steps({ decision: failed });
    await other.abort({ saga: ORDER, steps: {}, startedAt: STARTED });

    expect([...one.counts, ...other.counts]).toEqual([
      [CHECKOUT, 200, 0.75],
      [CHECKOUT, 400, expect.closeTo(0.75)],
    ]);
  });

  it('that took longer than the state machine listens is left to the next try', async () => {
    const late = steps({ decision: succeeded, takes: 2_000 });
    expect(await late.complete({ ...ORDER, startedAt: STARTED })).toMatchObject({ state: 'succeeded' });
    expect(late.counts).toEqual([]);
  });

  it('is not before the beginning where clocks disagree', async () => {
    const { complete, counts } = steps({ decision: succeeded });
    await complete({ ...ORDER, startedAt: '2026-01-01T12:00:03.000Z' });
    expect(counts).toEqual([[CHECKOUT, 200, 0]]);
  });

  it('of an execution that an older machine began is not counted', async () => {
    const { complete, counts } = steps({ decision: succeeded });
    expect(await complete(ORDER)).toMatchObject({ state: 'succeeded' });
    expect(counts).toEqual([]);
  });

  it('that fails is not counted', async () => {
    const { complete, counts } = steps({});
    await expect(complete({ ...ORDER, startedAt: STARTED })).rejects.toThrow();
    expect(counts).toEqual([]);
  });
});
