// A saga as people read it, from the saga log and what the participants' ledgers say.
import { describe, expect, it } from 'vitest';
import type { SagaRow } from '../../functions/orders/saga-repository.ts';
import { type LedgerRecord, SagaStory, SagaSummary, stepsOf, summaryOf } from '../../functions/orders/story.ts';

const at = (second: number) => new Date(Date.UTC(2026, 2, 29, 12, 0, second));
const saga = (changes: Partial<SagaRow> = {}): SagaRow => ({
  order_id: 'o',
  attempt: 1,
  state: 'succeeded',
  user_id: 'u',
  total_cost: 10,
  reason: null,
  request_id: 'r1',
  begun_at: at(0),
  decided_at: at(3),
  finished_at: at(3),
  tries: 0,
  due_at: at(30),
  ...changes,
});
const record = (state: LedgerRecord['state'], done?: number, undone?: number, more: Partial<LedgerRecord> = {}): LedgerRecord => ({
  saga_id: 'o/1',
  state,
  done_at: done === undefined ? null : at(done).toISOString(),
  undone_at: undone === undefined ? null : at(undone).toISOString(),
  ...more,
});
/** `step service outcome second detail` of each. */
const told = (...args: Parameters<typeof stepsOf>) =>
  stepsOf(...args).map(({ step, service, outcome, at: time, detail }) =>
    [step, service, outcome, new Date(time).getUTCSeconds(), ...(detail ? [detail] : [])].join(' '),
  );

describe('the steps of a saga', () => {
  it('that succeeded go forward', () => {
    expect(told(saga(), record('done', 1), record('done', 2))).toEqual([
      'begin orders done 0',
      'reserve stock done 1',
      'charge payment done 2',
      'complete orders done 3',
    ]);
  });

  it('that was out of stock end at the reservation, which names the item', () => {
    const failed = saga({ state: 'failed', reason: 'Out of stock on item_id: i' });

    expect(told(failed, record('refused', 1, undefined, { refused_item: 'i' }), undefined)).toEqual([
      'begin orders done 0',
      'reserve stock refused 1 i',
      'abort orders done 3 Out of stock on item_id: i',
    ]);
  });

  it('that was compensated go back in reverse; nothing is refunded of a charge that was refused', () => {
    const failed = saga({ state: 'failed', reason: 'User out of credit', finished_at: at(5) });

    expect(told(failed, record('undone', 1, 4), record('refused', 2))).toEqual([
      'begin orders done 0',
      'reserve stock done 1',
      'charge payment refused 2',
      'abort orders done 3 User out of credit',
      'release stock done 4',
    ]);
  });

  it('that ran out of time are undone, refund before release', () => {
    const failed = saga({ state: 'failed', reason: 'Requests error', finished_at: at(6) });

    expect(told(failed, record('undone', 1, 5), record('undone', 2, 4)).slice(3)).toEqual([
      'abort orders done 3 Requests error',
      'refund payment done 4',
      'release stock done 5',
    ]);
  });

  it('whose undo came first are told with the undo alone: it kept the step out', () => {
    const failed = saga({ state: 'failed', reason: 'Requests error' });

    expect(told(failed, record('undone', undefined, 5), record('undone', undefined, 4))).toEqual([
      'begin orders done 0',
      'abort orders done 3 Requests error',
      'refund payment kept out 4',
      'release stock kept out 5',
    ]);
  });

  it('that is running have no end yet', () => {
    const running = saga({ state: 'running', decided_at: null, finished_at: null });

    expect(told(running, undefined, undefined)).toEqual(['begin orders done 0']);
    expect(told(running, record('done', 1), undefined)).toEqual(['begin orders done 0', 'reserve stock done 1']);
  });
});

it('the summary has everything but the steps, with times as text', () => {
  const summary = summaryOf(saga({ state: 'running', decided_at: null, finished_at: null, tries: 2 }));

  expect(summary).toEqual({
    order_id: 'o',
    attempt: 1,
    state: 'running',
    reason: null,
    user_id: 'u',
    total_cost: 10,
    request_id: 'r1',
    begun_at: '2026-03-29T12:00:00.000Z',
    decided_at: null,
    finished_at: null,
    tries: 2,
  });
  expect(SagaSummary.parse(summary)).toEqual(summary);
});

it('a story fits its schema', () => {
  const { order_id, ...summary } = summaryOf(saga());
  const story = { order_id, attempts: [{ ...summary, steps: stepsOf(saga(), record('done', 1), record('done', 2)) }] };

  expect(SagaStory.parse(story)).toEqual(story);
});
