// Requests all at once: whatever their order was, the model follows from what was answered, and has to agree with what is there.
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, isPaid, newKey } from '../shop-client.ts';
import { agrees, atRest } from './books.ts';
import { type Model, type Order, type Told, totalOf } from './model.ts';
import { chosen, type Operation, operation, requestOf } from './operations.ts';

interface Copied {
  readonly operation: Operation;
  /** How often it is sent. */
  readonly copies: number;
  /** All copies with one key, or each with its own. */
  readonly sameKey: boolean;
}

const copied: fc.Arbitrary<Copied> = fc.record({ operation, copies: fc.constantFrom(1, 1, 2, 3), sameKey: fc.boolean() });
export const batch = fc.array(copied, { minLength: 1, maxLength: 24, size: 'max' });

const RUNNING = { status: 409, body: '{"message":"A request with this Idempotency-Key is still running"}' };
const REFUSALS = {
  addFunds: /^never$/,
  addStock: /^never$/,
  pay: /^User: .+ credit cannot get reduced below zero!$/,
  subtract: /^Item: .+ stock cannot get reduced below zero!$/,
  addItem: /^Order: .+ is (paid|being checked out)!$/,
  checkout: /^(Out of stock on item_id: .+|User out of credit|Requests error)$/,
} as const;

/** Sends all of it at once; then money, items, orders and answers have to agree. */
export async function run(model: Model, copies: readonly Copied[]): Promise<void> {
  const checkouts = new Map<Order, Told[]>(model.orders.map((each) => [each, []]));
  const effects = await Promise.all(
    copies.map(async ({ operation: op, copies, sameKey }) => {
      const { path } = requestOf(model, op);
      const key = newKey();
      const answers = await Promise.all(Array.from({ length: copies }, () => attempt(path, sameKey ? key : newKey())));
      return { op, done: outcomes(op, answers, sameKey) };
    }),
  );
  await atRest();
  for (const { op, done } of effects) {
    if (op.kind === 'checkout') checkouts.get(chosen(model.orders, op.order))?.push(...done);
    else for (const { status } of done) if (status === 200) follow(model, op);
  }
  for (const [each, answers] of checkouts) await followPayment(model, each, answers);
  await agrees(model);
}

type Answer = Awaited<ReturnType<typeof attempt>>;

/** One for each time that it may have had an effect: copies with the same key are one request. */
function outcomes({ kind }: Operation, answers: readonly Answer[], sameKey: boolean): Told[] {
  const told = answers.map(({ status, body }) => ({ status, body }));
  for (const { status, body } of told) if (status === 400) expect(body).toMatch(REFUSALS[kind]);
  if (!sameKey) {
    expect(told.filter(({ status }) => status !== 200 && status !== 400)).toEqual([]);
    return told;
  }
  const decided = told.filter(({ status }) => status !== 409);
  expect(told.filter(({ status }) => status === 409)).toEqual(answers.filter(({ status }) => status === 409).map(() => RUNNING));
  expect(answers.filter(({ replayed, status }) => replayed === null && status !== 409)).toHaveLength(1);
  expect(new Set(decided.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
  return decided.slice(0, 1);
}

/** The model does it without asking whether it could: who came first is not known, only that it was done. */
function follow({ users, items, orders }: Model, op: Operation): void {
  if (op.kind === 'addFunds') chosen(users, op.user).credit += op.amount;
  if (op.kind === 'pay') chosen(users, op.user).credit -= op.amount;
  if (op.kind === 'addStock') chosen(items, op.item).stock += op.pieces;
  if (op.kind === 'subtract') chosen(items, op.item).stock -= op.pieces;
  if (op.kind === 'addItem') chosen(orders, op.order).lines.push([chosen(items, op.item), op.quantity]);
}

/** An order is paid, once, exactly where a checkout of it was answered 200. */
async function followPayment(model: Model, each: Order, answers: readonly Told[]): Promise<void> {
  const paid = each.paid || answers.some(({ status }) => status === 200);
  expect({ order: each.id, answers, paid: await isPaid(each.id) }).toEqual({ order: each.id, answers, paid });
  if (each.paid || !paid) return;
  each.paid = true;
  for (const [line, quantity] of each.lines) line.stock -= quantity;
  for (const owner of model.users) if (owner.id === each.userId) owner.credit -= totalOf(each);
}
