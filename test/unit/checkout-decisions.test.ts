// How a checkout is decided: what the steps came to, in the words of the answer.
import { describe, expect, it } from 'vitest';
import { checkout, type Steps } from '../../functions/orders/checkout.ts';
import type { Decision, SagaId, SagaRepository } from '../../functions/orders/saga-repository.ts';

const ID = { orderId: 'o', attempt: 3 };

/** A saga log that decides as it is told, or else as it is asked. */
function deciding(already?: Decision) {
  const asked: unknown[] = [];
  const sagas = {
    complete: async (saga: SagaId) => {
      asked.push(['complete', saga]);
      return already ?? { state: 'succeeded', reason: null };
    },
    abort: async (saga: SagaId, reason: string, settled: boolean) => {
      asked.push(['abort', saga, reason, settled]);
      return already ?? { state: settled ? 'failed' : 'compensating', reason };
    },
  };
  return { ...checkout(sagas as unknown as SagaRepository), asked };
}

const answer = (statusCode: number, body: string) => ({
  statusCode,
  contentType: 'text/html; charset=utf-8',
  body,
  replayed: false,
  requestId: 'r1',
});

describe('a completion', () => {
  it('is a success', async () => {
    expect(await deciding().complete(ID, 'r1')).toEqual({ state: 'succeeded', answer: answer(200, 'Checkout successful') });
  });

  it('that comes too late tells why it failed', async () => {
    const late = deciding({ state: 'compensating', reason: 'Requests error' });

    expect(await late.complete(ID, 'r1')).toEqual({ state: 'compensating', answer: answer(400, 'Requests error') });
  });
});

describe('a decision against a saga', () => {
  const refusedStock = { reserve: { state: 'refused', refused_item: 'i7' } };
  const done = { state: 'done', refused_item: null };

  it.each<[string, Steps, string, boolean]>([
    ['out of stock: nothing was done, nothing is to be undone', refusedStock, 'Out of stock on item_id: i7', true],
    ['out of credit: stock is to be given back', { reserve: done, charge: { state: 'refused' } }, 'User out of credit', false],
    ['no answer of stock: nobody knows what it did', {}, 'Requests error', false],
    ['no answer of payment', { reserve: done }, 'Requests error', false],
    ['no answer at the end', { reserve: done, charge: { state: 'done' } }, 'Requests error', false],
    ['a reservation that its undo kept out', { reserve: { state: 'undone', refused_item: null } }, 'Requests error', false],
  ])('%s', async (_, steps, reason, settled) => {
    const { abort, asked } = deciding();

    expect(await abort(ID, steps, 'r1')).toEqual({ state: settled ? 'failed' : 'compensating', answer: answer(400, reason) });
    expect(asked).toEqual([['abort', ID, reason, settled]]);
  });

  it('that has succeeded already is a success: what was answered stays true', async () => {
    const succeeded = deciding({ state: 'succeeded', reason: null });

    expect(await succeeded.abort(ID, refusedStock, 'r1')).toEqual({ state: 'succeeded', answer: answer(200, 'Checkout successful') });
  });

  it('tells what was decided, not what it would have decided', async () => {
    const decided = deciding({ state: 'compensating', reason: 'The order was reset' });

    expect((await decided.abort(ID, refusedStock, 'r1')).answer).toEqual(answer(400, 'The order was reset'));
  });

  it('names an item as text, never as markup', async () => {
    const { abort } = deciding();

    expect((await abort(ID, { reserve: { state: 'refused', refused_item: '<i>' } }, 'r1')).answer.body).toBe(
      'Out of stock on item_id: &lt;i&gt;',
    );
  });
});
