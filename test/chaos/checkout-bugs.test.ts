// Five bugs that checkouts over several services are known for, each provoked as it comes about.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { CREDIT, type HostedShop, hostedShop, PAID_ONCE, type Purchase, TOTAL, UNTOUCHED } from './checkout-bugs/hosted-shop.ts';

/** API Gateway's own patience. */
const GATEWAY_MS = 29_000;
const PAID = { status: 200, body: 'Checkout successful', replayed: false };
const OUT_OF_CREDIT = { status: 400, body: 'User out of credit', replayed: false };
const TIMED_OUT = { status: 400, body: 'Requests error', replayed: false };

let on: HostedShop;

beforeAll(async () => {
  on = await hostedShop();
});

afterAll(() => on?.stop());

const times = <Result>(count: number, work: (n: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const addFunds = ({ userId }: Purchase, amount: number) => on.shop.surely(`/payment/add_funds/${userId}/${amount}`, on.newKey());

async function booksAgree(): Promise<void> {
  expect(await on.audit()).toMatchObject({ consistent: true, open: 0, problems: [] });
}

describe('a commit lost in a database restart', () => {
  it('what was answered 200 is still paid, charged and reserved', async () => {
    const purchases = await times(12, () => on.purchase());
    const answered: Purchase[] = [];
    let killed = false;
    await Promise.all(
      purchases.map(async (purchase) => {
        if ((await on.checkout(purchase.orderId))?.status !== 200) return;
        if (!killed) on.signalDatabase('SIGKILL');
        killed = true;
        answered.push(purchase);
      }),
    );
    await eventually(() => on.sql('SELECT 1'), 60_000);

    expect(answered.length).toBeGreaterThan(0);
    for (const purchase of answered) expect(await on.stateOf(purchase)).toEqual(PAID_ONCE);
    await on.reconciled();
    for (const purchase of purchases) expect([UNTOUCHED, PAID_ONCE]).toContainEqual(await on.stateOf(purchase));
    await booksAgree();
  });

  it('whose answer the restart took along is found again: paid is answered 200', async () => {
    const purchase = await on.purchase();
    const lost = on.loseAnswer('orders', 'complete', { accident: () => on.signalDatabase('SIGKILL') });
    const answer = await on.checkout(purchase.orderId).finally(lost.restore);
    await eventually(() => on.sql('SELECT 1'), 60_000);

    expect(await on.stateOf(purchase)).toEqual(PAID_ONCE);
    expect(answer).toEqual(PAID);
    await booksAgree();
  });
});

describe('a transport retry that deducts twice', () => {
  it('of a payment with a key: twice at once and once later is one payment', async () => {
    const { userId } = await on.purchase();
    const key = on.newKey();
    const pay = () => on.shop.post(`/payment/pay/${userId}/${TOTAL}`, key);
    const atOnce = await times(2, pay);
    const paid = { status: 200, body: `User: ${userId} credit updated to: ${CREDIT - TOTAL}` };

    expect(atOnce).toContainEqual({ ...paid, replayed: false });
    expect(await pay()).toEqual({ ...paid, replayed: true });
    expect(await on.shop.read(`/payment/find_user/${userId}`)).toEqual({ user_id: userId, credit: CREDIT - TOTAL });
  });

  it('of a checkout without a key: all at once or one after the other, it is charged once', async () => {
    const purchase = await on.purchase();

    expect(await times(5, () => on.checkout(purchase.orderId))).toEqual(Array(5).fill(PAID));
    expect(await on.checkout(purchase.orderId)).toEqual(PAID);
    expect(await on.stateOf(purchase)).toEqual(PAID_ONCE);
  });

  it.each([
    ['payment', 'charge'],
    ['stock', 'reserve'],
    ['orders', 'begin'],
    ['orders', 'complete'],
  ] as const)('of a step of %s whose answer was lost after it was done: %s is asked for again, and done once', async (service, action) => {
    const purchase = await on.purchase();
    const lost = on.loseAnswer(service, action);
    const answer = await on.checkout(purchase.orderId).finally(lost.restore);

    expect(lost.asked()).toBe(2);
    expect(answer).toEqual(PAID);
    expect(await on.stateOf(purchase)).toEqual(PAID_ONCE);
    await booksAgree();
  });
});

describe("a client's late retry after an abort", () => {
  it('with its key gets the same refusal, and pays nothing, though it could now', async () => {
    const purchase = await on.purchase({ credit: 0 });
    const key = on.newKey();
    expect(await on.checkout(purchase.orderId, key)).toEqual(OUT_OF_CREDIT);
    await addFunds(purchase, CREDIT);

    expect(await times(3, () => on.checkout(purchase.orderId, key))).toEqual(Array(3).fill({ ...OUT_OF_CREDIT, replayed: true }));
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
  });

  it('without a key, or with another one, is a new attempt', async () => {
    const [one, other] = await times(2, () => on.purchase({ credit: 0 }));
    for (const purchase of [one, other] as Purchase[]) {
      expect(await on.checkout(purchase.orderId, on.newKey())).toEqual(OUT_OF_CREDIT);
      await addFunds(purchase, CREDIT);
    }

    expect(await on.checkout((one as Purchase).orderId)).toEqual(PAID);
    expect(await on.checkout((other as Purchase).orderId, on.newKey())).toEqual(PAID);
    expect(await on.stateOf(one as Purchase)).toEqual(PAID_ONCE);
    expect(await on.stateOf(other as Purchase)).toEqual(PAID_ONCE);
  });
});

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
    await booksAgree();
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
    await booksAgree();
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
    await booksAgree();
  });

  it('that comes after it: the do is kept out', async () => {
    const purchase = await on.purchase();
    const { do: does, undo } = steps(purchase, 0);
    await all(undo);

    expect((await all(does)).map(({ state }) => state)).toEqual(['undone', 'undone']);
    expect(await on.stateOf(purchase)).toEqual(UNTOUCHED);
  });
});
