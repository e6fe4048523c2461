// Bugs that checkouts over several services are known for, each provoked as it comes about: what is not undone, or undone in vain.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  AGREED,
  type HostedShop,
  hostedShop,
  PAID,
  type Purchase,
  TIMED_OUT,
  TOTAL,
  times,
  UNTOUCHED,
} from './checkout-bugs/hosted-shop.ts';

/** API Gateway's own patience. */
const GATEWAY_MS = 29_000;

let on: HostedShop;

beforeAll(async () => {
  on = await hostedShop();
});

afterAll(() => on?.stop());

describe('a saga that is not compensated after its time-out', () => {
  /** While the user's row is held, whoever charges hangs. */
  async function answerTo(purchase: Purchase, meanwhile: () => Promise<void> = async () => undefined) {
    const release = await on.holdingUser(purchase.userId);
    const began = performance.now();
    const checkout = on.checkout(purchase.orderId);
    try {
      await meanwhile();
      const answer = await checkout;
      return { answer, tookMs: performance.now() - began };
    } finally {
      on.signalDatabase('SIGCONT');
      await release();
    }
  }
  const isBegun = ({ orderId }: Purchase) => on.sql('SELECT 1 FROM stock.saga_steps WHERE saga_id = ?', [`${orderId}/1`]);

  async function isUndone(purchase: Purchase): Promise<void> {
    await on.reconciled();
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
    const saga = { orderId: purchase.orderId, attempt: 1 };
    expect(await on.step('orders', 'complete', saga)).toMatchObject({ state: 'failed', answer: { statusCode: 400 } });
    const charge = { sagaId: `${purchase.orderId}/1`, userId: purchase.userId, amount: TOTAL };
    expect(await on.step('payment', 'charge', charge)).toEqual({ state: 'undone' });
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
    expect(await on.audit()).toMatchObject(AGREED);
    expect(await on.checkout(purchase.orderId)).toEqual(PAID);
  }

  it('where a participant hangs: 400 in time, all is given back, and neither a late charge nor a late completion does anything', async () => {
    const purchase = await on.purchase();
    const { answer, tookMs } = await answerTo(purchase);

    expect(answer).toEqual(TIMED_OUT);
    expect(tookMs).toBeLessThan(GATEWAY_MS);
    await isUndone(purchase);
  });

  it('where it was charged and nobody heard of it: the charge is given back before the 400', async () => {
    const purchase = await on.purchase();
    const lost = on.loseAnswer('payment', 'charge', { times: Number.POSITIVE_INFINITY });
    const answer = await on.checkout(purchase.orderId).finally(lost.restore);

    expect(lost.asked()).toBe(2);
    expect(answer).toEqual(TIMED_OUT);
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
    expect(await on.audit()).toMatchObject(AGREED);
  });

  it('where the whole database hangs in the middle: the same', async () => {
    const purchase = await on.purchase();
    const { answer, tookMs } = await answerTo(purchase, async () => {
      await eventually(async () => (await isBegun(purchase)).length > 0);
      on.signalDatabase('SIGSTOP');
    });

    expect(answer).toEqual(TIMED_OUT);
    expect(tookMs).toBeLessThan(GATEWAY_MS);
    await isUndone(purchase);
  });
});

describe('an undo racing a late do', () => {
  const SAGAS = 40;
  const steps = ({ orderId, userId, itemId }: Purchase, n: number) => {
    const sagaId = `${orderId}/${100 + n}`;
    return {
      do: [
        () => on.step('payment', 'charge', { sagaId, userId, amount: 2 }),
        () => on.step('stock', 'reserve', { sagaId, items: [[itemId, 1, 2]] }),
      ],
      undo: [() => on.step('payment', 'refund', { sagaId }), () => on.step('stock', 'release', { sagaId })],
    };
  };
  const all = (asked: readonly (() => Promise<{ state: string }>)[]) => Promise.all(asked.map((ask) => ask()));

  it('at the same moment: whoever is first, nothing is left of it', async () => {
    const purchase = await on.purchase();
    await times(SAGAS, (n) => {
      const { do: does, undo } = steps(purchase, n);
      return all(n % 2 ? [...does, ...undo] : [...undo, ...does]);
    });

    for (const ledger of ['payment.saga_steps', 'stock.saga_steps']) {
      const rows = await on.sql(`SELECT state, COUNT(*) AS sagas FROM ${ledger} WHERE saga_id LIKE ? GROUP BY state`, [
        `${purchase.orderId}/%`,
      ]);
      expect(rows).toEqual([{ state: 'undone', sagas: SAGAS }]);
    }
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
    expect(await on.audit()).toMatchObject(AGREED);
  });

  it('that comes after it: the do is kept out', async () => {
    const purchase = await on.purchase();
    const { do: does, undo } = steps(purchase, 0);
    await all(undo);

    expect((await all(does)).map(({ state }) => state)).toEqual(['undone', 'undone']);
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
  });
});
