// Bugs that checkouts over several services are known for, each provoked as it comes about: lost commits and repeated requests.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import {
  AGREED,
  CREDIT,
  type HostedShop,
  hostedShop,
  OUT_OF_CREDIT,
  PAID,
  PAID_ONCE,
  type Purchase,
  TOTAL,
  times,
  UNTOUCHED,
} from './checkout-bugs/hosted-shop.ts';

let on: HostedShop;

beforeAll(async () => {
  on = await hostedShop();
});

afterAll(() => on?.stop());

const addFunds = ({ userId }: Purchase, amount: number) => on.shop.surely(`/payment/add_funds/${userId}/${amount}`, on.newKey());

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
    expect(await on.audit()).toMatchObject(AGREED);
  });

  it('whose answer the restart took along is found again: paid is answered 200', async () => {
    const purchase = await on.purchase();
    const lost = on.loseAnswer('orders', 'complete', { accident: () => on.signalDatabase('SIGKILL') });
    const answer = await on.checkout(purchase.orderId).finally(lost.restore);
    await eventually(() => on.sql('SELECT 1'), 60_000);

    expect(await on.stateOf(purchase)).toEqual(PAID_ONCE);
    expect(answer).toEqual(PAID);
    expect(await on.audit()).toMatchObject(AGREED);
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
    expect(await on.audit()).toMatchObject(AGREED);
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
