// One of many clients: orders, and checks out in every way that clients do.
import type { Chance } from '../../support/chance.ts';
import { eventually } from '../../support/eventually.ts';
import { type Checkout, type Market, order, type Purchase, supply } from './market.ts';
import type { Answer, Shop } from './shop.ts';

/** So long a client asks again with its key. A saga that a crash left is settled later than that; then its key is asked for again. */
const INSISTENCE_MS = 3_000;

export interface Visit {
  readonly shop: Shop;
  readonly market: Market;
  readonly random: Chance;
}

/** One purchase after the other, until the time is over. */
export async function shopUntil(deadline: number, visit: Visit): Promise<void> {
  while (performance.now() < deadline) {
    if (visit.random.below(4) === 0) await supply(visit.shop, visit.market, visit.random);
    await checkOut(await order(visit.shop, visit.market, visit.random), visit);
  }
}

async function checkOut(purchase: Purchase, visit: Visit): Promise<void> {
  const { market, random } = visit;
  const once = () => ask(purchase, undefined, visit);
  const withKey = () => ask(purchase, market.newKey(), visit);
  const ways = [
    once,
    withKey,
    withKey,
    () => Promise.all([once(), once()]),
    () => Promise.all([once(), withKey()]),
    async () => (await once()) ?? (await once()),
    // Funds and stock may have come since: another attempt.
    async () => ((await withKey())?.status === 400 ? once() : undefined),
  ];
  await ways[random.below(ways.length)]?.();
}

/** With a key it is asked again after a lost connection, and while the first is still running. */
async function ask(purchase: Purchase, key: string | undefined, { shop }: Visit): Promise<Answer | undefined> {
  const checkout: Checkout = { key, answers: [] };
  purchase.checkouts.push(checkout);
  const send = () => sendAgain(purchase, checkout, shop);
  return key === undefined ? send() : insist(send);
}

/** One more time with the same key, if it has one. */
export async function sendAgain({ orderId }: Purchase, { key, answers }: Checkout, shop: Shop): Promise<Answer | undefined> {
  const answer = await shop.post(`/orders/checkout/${orderId}`, key);
  answers.push(answer);
  return answer;
}

const insist = (send: () => Promise<Answer | undefined>): Promise<Answer | undefined> =>
  eventually(async () => {
    const answer = await send();
    return isRunning(answer) ? undefined : answer;
  }, INSISTENCE_MS).catch(() => undefined);

/** The first request with the key has not come to its end. */
export const isRunning = (answer: Answer | undefined): boolean => answer?.status === 409;
