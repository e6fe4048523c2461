// How a checkout begins, on a real MariaDB: a saga to run, or the answer at once; and what an `Idempotency-Key` stands for.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CheckoutRequest, checkout } from '../../functions/orders/checkout.ts';
import { type SagaFixture, sagaFixture } from './saga-fixture.ts';

let on: SagaFixture;
let saga: ReturnType<typeof checkout>;
beforeAll(async () => {
  on = await sagaFixture();
  saga = checkout(on.sagas);
});
afterAll(() => on?.stop());
beforeEach(() => on.only('o', 'other'));

const asked = (changes: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
  orderId: 'o',
  key: '',
  requestId: 'r2',
  execution: 'e1',
  ...changes,
});
const begin = (changes?: Partial<CheckoutRequest>) => saga.begin(asked(changes));
/** The n-th execution that sends the key `k`. */
const withKey = (execution: number, changes: Partial<CheckoutRequest> = {}) => begin({ key: 'k', execution: `e${execution}`, ...changes });

const told = (statusCode: number, body: string, more: object = {}) => ({
  outcome: 'answered',
  decision: { answer: { statusCode, contentType: 'text/html; charset=utf-8', body, replayed: false, requestId: 'r2', ...more } },
});
const asJson = { contentType: 'application/json' };
const RUNNING = told(409, '{"message":"A request with this Idempotency-Key is still running"}', asJson);
const id = (attempt: number) => ({ orderId: 'o', attempt });
const run = (attempt: number) => ({
  outcome: 'run',
  requestId: 'r2',
  saga: { id: `o/${attempt}`, ...id(attempt), userId: 'u', items: [['i', 2, 5]], amount: 10 },
});
const attempts = async () => (await on.sagas.ofOrder('o')).length;

describe('without a key', () => {
  it('an open order is a saga to run, and so is one that is running', async () => {
    expect(await begin()).toEqual(run(1));
    expect(await begin({ execution: 'e2' })).toEqual(run(1));
    expect(await attempts()).toBe(1);
  });

  it('a paid order is answered', async () => {
    await on.sagas.complete(await on.begun('o'));

    expect(await begin()).toEqual(told(200, 'Checkout successful'));
  });

  it('an unknown order is answered, its id as text', async () => {
    expect(await begin({ orderId: 'nothing' })).toEqual(told(400, 'Order: nothing not found!'));
    expect(await begin({ orderId: '<b>"&' })).toEqual(told(400, 'Order: &lt;b&gt;&quot;&amp; not found!'));
  });

  it.each(['o ', 'x'.repeat(37), 'x'.repeat(10_000), ''])('an order id that cannot be is unknown: %#', async (orderId) => {
    expect(await begin({ orderId })).toEqual(told(400, `Order: ${orderId} not found!`));
  });
});

describe('a key', () => {
  it('replays the success of its saga', async () => {
    expect(await withKey(1)).toEqual(run(1));
    await saga.complete(id(1), 'r2');

    expect(await withKey(2)).toEqual(told(200, 'Checkout successful', { replayed: true }));
  });

  it('replays the failure of its saga, also when the order was paid since', async () => {
    await withKey(1);
    await saga.abort(id(1), { charge: { state: 'refused' } }, 'r2');
    expect(await withKey(2)).toEqual(told(400, 'User out of credit', { replayed: true }));
    expect(await begin({ key: 'another', execution: 'e3' })).toEqual(run(2));
    await saga.complete(id(2), 'r2');

    expect(await withKey(4)).toEqual(told(400, 'User out of credit', { replayed: true }));
    expect(await begin({ key: 'another', execution: 'e5' })).toEqual(told(200, 'Checkout successful', { replayed: true }));
  });

  it('is told to wait while its saga runs', async () => {
    await withKey(1);

    expect(await withKey(2)).toEqual(RUNNING);
    expect(await attempts()).toBe(1);
  });

  it('that comes again in a repeated step of its own execution finds its saga', async () => {
    await withKey(1);

    expect(await withKey(1)).toEqual(run(1));
    expect(await attempts()).toBe(1);
  });

  it('whose saga others brought to its end meanwhile is answered with that, and begins no other', async () => {
    await withKey(1);
    await saga.abort(id(1), { charge: { state: 'refused' } }, 'r2');

    expect(await withKey(1)).toEqual(told(400, 'User out of credit'));
    expect(await attempts()).toBe(1);
  });

  it('at another order is refused, and leaves that order alone', async () => {
    await withKey(1);

    expect(await withKey(2, { orderId: 'other' })).toEqual(
      told(422, '{"message":"This Idempotency-Key was used with another payload"}', asJson),
    );
    expect(await on.statusOf('other')).toBe('open');
  });

  it('stands for the saga that it joined', async () => {
    await on.begun('o');
    expect(await withKey(1)).toEqual(run(1));
    await saga.complete(id(1), 'r2');

    expect(await withKey(2)).toEqual(told(200, 'Checkout successful', { replayed: true }));
  });

  it('at a paid order stands for the saga that paid it, also after a reset', async () => {
    await on.sagas.complete(await on.begun('o'));
    expect(await withKey(1)).toEqual(told(200, 'Checkout successful'));
    await on.admin("UPDATE orders.orders SET status = 'open', attempts = attempts + 1 WHERE id = 'o'");

    expect(await withKey(2)).toEqual(told(200, 'Checkout successful', { replayed: true }));
    expect(await on.statusOf('o')).toBe('open');
  });

  it('of an unknown order stays free', async () => {
    expect(await withKey(1, { orderId: 'nothing' })).toMatchObject({ decision: { answer: { statusCode: 400 } } });

    expect(await withKey(2)).toEqual(run(1));
  });

  it('sent many times at once begins one saga; the others wait', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, (_, n) => withKey(n)));

    expect(all.filter(({ outcome }) => outcome === 'run')).toEqual([run(1)]);
    expect(all.filter(({ outcome }) => outcome === 'answered')).toEqual(Array(11).fill(RUNNING));
  });

  it('is free again when it has expired', async () => {
    await withKey(1);
    await saga.abort(id(1), {}, 'r2');
    await on.admin('UPDATE orders.checkout_keys SET expires_at = UTC_TIMESTAMP(3)');

    expect(await withKey(2)).toEqual(run(2));
  });

  it('may have 255 characters and no more', async () => {
    expect(await begin({ key: 'k'.repeat(255) })).toEqual(run(1));
    expect(await begin({ key: 'k'.repeat(256) })).toEqual(told(400, 'Idempotency-Key must have 1 to 255 characters'));
  });
});
