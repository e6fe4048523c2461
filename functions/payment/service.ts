// The rules of payment. No clock, no environment, no SQL: what it needs is handed in.
import type { Database } from '../shared/database.ts';
import { type Answer, json, Refusal, text } from '../shared/http/answer.ts';
import { escaped } from '../shared/http/html.ts';
import { type Attempt, idempotently } from '../shared/idempotency.ts';
import type { PaymentRepository } from './repository.ts';

export interface Dependencies {
  readonly database: Database;
  readonly users: PaymentRepository;
}

export function paymentService({ database, users }: Dependencies) {
  const createUser = (id: string, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await users.create(id, connection);
      return json({ user_id: id });
    });

  const batchInit = (count: number, credit: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      await users.reset(count, credit, connection);
      return json({ msg: 'Batch init for users successful' });
    });

  async function findUser(id: string): Promise<Answer> {
    const user = await users.find(id);
    if (!user) throw new Refusal(notFound(id));
    return json({ user_id: user.id, credit: user.credit });
  }

  const addFunds = (id: string, amount: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      const credit = await users.add(id, amount, connection);
      return credit === undefined ? refusal(id, 'cannot get that large!') : updated(id, credit);
    });

  const pay = (id: string, amount: number, attempt: Attempt): Promise<Answer> =>
    idempotently(database, attempt, async (connection) => {
      const credit = await users.subtract(id, amount, connection);
      return credit === undefined ? refusal(id, 'cannot get reduced below zero!') : updated(id, credit);
    });

  /** Why a conditional update found no row. */
  async function refusal(id: string, why: string): Promise<Answer> {
    return (await users.find(id)) ? text(`User: ${escaped(id)} credit ${why}`, 400) : notFound(id);
  }

  return { createUser, batchInit, findUser, addFunds, pay };
}

const updated = (id: string, credit: number) => text(`User: ${escaped(id)} credit updated to: ${credit}`);
const notFound = (id: string) => text(`User: ${escaped(id)} not found!`, 400);
