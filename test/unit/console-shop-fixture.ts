// Attempts at a checkout as the orders service tells them.
import type { Attempt, Step } from '../../web/pages/shop/saga.ts';

const BEGUN = Date.parse('2026-01-02T03:04:05.000Z');

export const itemName = (id: string) => `item ${id.toUpperCase()}`;

/** `[step, service, ms after begin, outcome, detail]`, the last two where they are not done and nothing. */
type Told = readonly [Step['step'], Step['service'], number, Step['outcome']?, string?];

export function attempt(state: Attempt['state'], reason: string | null, told: readonly Told[]): Attempt {
  const at = (after: number) => new Date(BEGUN + after).toISOString();
  return {
    attempt: 1,
    state,
    reason,
    request_id: 'r-1',
    begun_at: at(0),
    finished_at: null,
    steps: told.map(([step, service, after, outcome = 'done', detail]) => ({
      step,
      service,
      outcome,
      at: at(after),
      detail: detail ?? null,
    })),
  };
}

export const succeeded = attempt('succeeded', null, [
  ['begin', 'orders', 0],
  ['reserve', 'stock', 4],
  ['charge', 'payment', 9],
  ['complete', 'orders', 12],
]);

export const outOfStock = attempt('failed', 'Out of stock on item_id: a', [
  ['begin', 'orders', 0],
  ['reserve', 'stock', 4, 'refused', 'a'],
  ['abort', 'orders', 7, 'done', 'Out of stock on item_id: a'],
]);

export const outOfCredit = attempt('failed', 'User out of credit', [
  ['begin', 'orders', 0],
  ['reserve', 'stock', 4],
  ['charge', 'payment', 8, 'refused'],
  ['abort', 'orders', 11, 'done', 'User out of credit'],
  ['release', 'stock', 1_530],
]);

/** The decision fell late: everything was done, and all of it goes back. */
export const outOfTime = attempt('failed', 'Requests error', [
  ['begin', 'orders', 0],
  ['reserve', 'stock', 4],
  ['charge', 'payment', 8],
  ['abort', 'orders', 20_000, 'done', 'Requests error'],
  ['refund', 'payment', 20_004],
  ['release', 'stock', 20_009],
]);
