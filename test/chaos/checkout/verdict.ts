// What is wrong with a market after everything has come to rest, a sentence each; none where all was kept.
import { isRunning } from './customer.ts';
import { inParallel } from './in-parallel.ts';
import { lastAnswer, type Market, type Purchase } from './market.ts';
import type { Answer, Shop } from './shop.ts';

const READERS = 16;
/** Outcomes that were decided: with the same key they come again. The others say that there was none, or none that is known. */
const DECIDED = /^(Checkout successful|User out of credit|Out of stock on item_id: .+)$/;
const UNDECIDED = /^(DB error|Requests error)$/;

interface Order {
  readonly paid: boolean;
  readonly user_id: string;
  readonly items: readonly (readonly [string, number])[];
  readonly total_cost: number;
}

export async function verdict(shop: Shop, { users, items, purchases }: Market): Promise<string[]> {
  const replays = await inParallel(keysWithOutcome(purchases), READERS, ({ orderId, key, answer }) =>
    replayed(shop, orderId, key, answer).then((problem) => problem && `${orderId}: ${problem}`),
  );
  const paid = new Set<Purchase>();
  const kept = await inParallel(purchases, READERS, async (purchase) => {
    const order = await shop.read<Order>(`/orders/find/${purchase.orderId}`);
    if (order.paid) paid.add(purchase);
    return [...contents(purchase, order), ...answers(purchase, order.paid)].map((problem) => `${purchase.orderId}: ${problem}`);
  });
  const money = await inParallel(users, READERS, async (user) => {
    const { credit } = await shop.read<{ credit: number }>(`/payment/find_user/${user.id}`);
    const spent = sum([...paid].filter((purchase) => purchase.user === user).map(({ total }) => total));
    return user.given - spent !== credit && `user ${user.id} was given ${user.given}, has ${spent} in paid orders, and ${credit} left`;
  });
  const goods = await inParallel(items, READERS, async (item) => {
    const { stock } = await shop.read<{ stock: number }>(`/stock/find/${item.id}`);
    const sold = sum([...paid].flatMap(({ lines }) => lines.filter((line) => line.item === item).map(({ quantity }) => quantity)));
    return item.added - sold !== stock && `of item ${item.id} came ${item.added}, ${sold} are in paid orders, and ${stock} in stock`;
  });
  return [...replays, ...kept.flat(), ...money, ...goods].filter((problem): problem is string => typeof problem === 'string');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const keysWithOutcome = (purchases: readonly Purchase[]) =>
  purchases.flatMap(({ orderId, checkouts }) =>
    checkouts.flatMap((checkout) => {
      const answer = lastAnswer(checkout);
      return checkout.key && answer && DECIDED.test(answer.body) ? [{ orderId, key: checkout.key, answer }] : [];
    }),
  );

async function replayed(shop: Shop, orderId: string, key: string, first: Answer): Promise<string | undefined> {
  const again = await shop.post(`/orders/checkout/${orderId}`, key);
  const same = again?.status === first.status && again.body === first.body && again.replayed;
  return same ? undefined : `key ${key} was answered ${told(first)}, and then ${told(again)}`;
}

function* contents({ user, lines, total }: Purchase, order: Order): Generator<string> {
  const ordered = JSON.stringify([user.id, total, lines.map(({ item, quantity }) => [item.id, quantity])]);
  const found = JSON.stringify([order.user_id, order.total_cost, order.items]);
  if (ordered !== found) yield `ordered was ${ordered}, found ${found}`;
}

/** An order is paid where somebody was told so, and where it is, nobody knows otherwise: whoever was refused was so in another attempt. */
function* answers({ checkouts }: Purchase, paid: boolean): Generator<string> {
  const all = checkouts.flatMap((checkout) => checkout.answers).filter((answer) => !isRunning(answer));
  const given = all.map(told).join(', ');
  for (const answer of all) if (answer && !isPayment(answer) && !isRefusal(answer)) yield `a checkout was answered ${told(answer)}`;
  if (!paid && all.some((answer) => answer?.status === 200)) yield `is not paid, and checkouts of it were answered ${given}`;
  if (paid && all.every((answer) => answer?.status === 400)) yield `is paid, and all checkouts of it were answered ${given}`;
  for (const checkout of checkouts) if (isRunning(lastAnswer(checkout))) yield `a checkout with a key is said to be running still`;
}

const isPayment = ({ status, body }: Answer) => status === 200 && body === 'Checkout successful';
const isRefusal = ({ status, body }: Answer) =>
  status === 400 && body !== 'Checkout successful' && (DECIDED.test(body) || UNDECIDED.test(body));
const told = (answer: Answer | undefined) =>
  answer ? `${answer.status} ${answer.body}${answer.replayed ? ' (replayed)' : ''}` : 'nothing';
