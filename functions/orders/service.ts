// The rules of orders. No clock, no environment, no SQL: what it needs is handed in.
import type { Database } from '../shared/database.ts';
import { type Answer, json, Refusal, text } from '../shared/http/answer.ts';
import { escaped } from '../shared/http/html.ts';
import { type Attempt, idempotently, replayed } from '../shared/idempotency.ts';
import { log } from '../shared/logging.ts';
import { MAX_LINES, type Order, type OrderRepository } from './order-repository.ts';
import type { Participants } from './participants.ts';
import { type SagaRepository, type State, sagaIdOf } from './saga-repository.ts';
import { stepsOf, summaryOf } from './story.ts';

export interface Dependencies {
  readonly database: Database;
  readonly orders: OrderRepository;
  readonly sagas: SagaRepository;
  readonly participants: Pick<Participants, 'priceOf' | 'reservations' | 'charges'>;
}

const UNFINISHED: readonly State[] = ['running', 'compensating', 'parked'];

export function ordersService({ database, orders, sagas, participants }: Dependencies) {
  const create = (id: string, userId: string, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await orders.create(id, userId, connection);
      return json({ order_id: id });
    });

  const batchInit = (count: number, items: number, users: number, price: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await orders.reset(count, items, users, price, connection);
      return json({ msg: 'Batch init for orders successful' });
    });

  async function found(id: string): Promise<Order> {
    const order = await orders.find(id);
    if (!order) throw new Refusal(notFound(id));
    return order;
  }

  async function find(id: string): Promise<Answer> {
    const { user_id, items, total_cost, status } = await found(id);
    const pairs = items.map(([itemId, quantity]) => [itemId, quantity]);
    return json({ order_id: id, paid: status === 'paid', items: pairs, user_id, total_cost });
  }

  async function addItem(id: string, itemId: string, quantity: number, attempt: Attempt): Promise<Answer> {
    const earlier = await replayed(database, attempt);
    if (earlier) return earlier;
    const [, price] = await Promise.all([found(id), priceOf(itemId)]);
    if (price === null) throw new Refusal(text(`Item: ${escaped(itemId)} does not exist!`, 400));
    return idempotently(database, attempt, async (connection) => {
      const total = await orders.addItem(id, [itemId, quantity, price], connection);
      if (total === undefined) return whyNot(await found(id));
      return text(`Item: ${escaped(itemId)} added to: ${escaped(id)} price updated to: ${total}`);
    });
  }

  const priceOf = (itemId: string) =>
    participants.priceOf(itemId).catch((error: unknown) => {
      log.error('stock did not tell the price', error as Error);
      throw new Refusal(text('Requests error', 400));
    });

  /** Every attempt; what the participants did is theirs to tell. */
  async function saga(id: string): Promise<Answer> {
    const [attempts] = await Promise.all([sagas.ofOrder(id), found(id)]);
    const ids = attempts.map(({ order_id, attempt }) => sagaIdOf({ orderId: order_id, attempt }));
    const [reservations, charges] =
      ids.length === 0 ? [[], []] : await Promise.all([participants.reservations(ids), participants.charges(ids)]);
    const of = <Row extends { saga_id: string }>(rows: readonly Row[], sagaId: string | undefined) =>
      rows.find(({ saga_id }) => saga_id === sagaId);
    return json({
      order_id: id,
      attempts: attempts.map((row, index) => {
        const { order_id: _, ...summary } = summaryOf(row);
        return { ...summary, steps: stepsOf(row, of(reservations, ids[index]), of(charges, ids[index])) };
      }),
    });
  }

  async function list(state: State | undefined, limit: number): Promise<Answer> {
    return json((await sagas.inStates(state ? [state] : UNFINISHED, limit)).map(summaryOf));
  }

  const replay = (id: string, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await found(id);
      return json({ replayed: await sagas.replay(id, connection) });
    });

  return { create, batchInit, find, addItem, saga, list, replay };
}

const notFound = (id: string) => text(`Order: ${escaped(id)} not found!`, 400);

function whyNot({ id, status, items }: Order): Answer {
  if (status === 'paid') return text(`Order: ${escaped(id)} is paid!`, 400);
  if (status === 'checking out') return text(`Order: ${escaped(id)} is being checked out!`, 400);
  return text(`Order: ${escaped(id)} cannot get ${items.length >= MAX_LINES ? 'longer' : 'that expensive'}!`, 400);
}
