import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';
import { Amount, BatchRange, BatchSize, Id, Quantity, textAnswer } from '../shared/http/text-contract.ts';
import { wholeNumber } from '../shared/http/whole-number.ts';
import { AuditReport } from './audit-report.ts';
import { SagaState, SagaStory, SagaSummary } from './story.ts';

const failed = textAnswer('`DB error`');
const notFound = textAnswer('`Order: {id} not found!`');
const OrderPath = z.object({ order_id: Id });
const Order = z.object({
  order_id: z.string(),
  paid: z.boolean(),
  items: z.array(z.tuple([z.string(), z.int()])),
  user_id: z.string(),
  total_cost: z.int(),
});

export const ordersRoutes = {
  create: {
    method: 'POST',
    path: '/orders/create/{user_id}',
    summary: 'A new order of a user, without items',
    request: { path: z.object({ user_id: Id }) },
    answers: { 200: { description: 'Created', body: z.object({ order_id: z.uuid() }) }, 400: failed },
    idempotent: true,
  },
  batchInit: {
    method: 'POST',
    path: '/orders/batch_init/{n}/{n_items}/{n_users}/{item_price}',
    summary: 'Orders "0" to "n-1" of a random user with two random items each, made or reset',
    request: { path: z.object({ n: BatchSize, n_items: BatchRange, n_users: BatchRange, item_price: Amount }) },
    answers: { 200: { description: 'Done', body: z.object({ msg: z.literal('Batch init for orders successful') }) }, 400: failed },
    idempotent: true,
    heavy: true,
  },
  find: {
    method: 'GET',
    path: '/orders/find/{order_id}',
    summary: 'An order with its items',
    request: { path: OrderPath },
    answers: { 200: { description: 'Found', body: Order }, 400: notFound },
  },
  addItem: {
    method: 'POST',
    path: '/orders/addItem/{order_id}/{item_id}/{quantity}',
    summary: 'Adds items to an order at their present price',
    request: { path: OrderPath.extend({ item_id: Id, quantity: Quantity }) },
    answers: {
      200: textAnswer('`Item: {item_id} added to: {order_id} price updated to: {total}`'),
      400: textAnswer('`Item: {item_id} does not exist!`, `Order: {id} not found!`, or why the order cannot change'),
    },
    idempotent: true,
  },
  saga: {
    method: 'GET',
    path: '/orders/saga/{order_id}',
    summary: 'Every attempt to check an order out, step by step',
    request: { path: OrderPath },
    answers: { 200: { description: 'Found', body: SagaStory }, 400: notFound },
  },
  sagas: {
    method: 'GET',
    path: '/orders/sagas',
    summary: 'Sagas of a state, the oldest first; without one, all that are not finished',
    request: { query: z.object({ state: SagaState.optional(), limit: wholeNumber(1, 1000).default(100) }) },
    answers: { 200: { description: 'The sagas', body: z.array(SagaSummary) } },
    key: true,
  },
  audit: {
    method: 'GET',
    path: '/orders/audit',
    summary: 'Whether money and items agree over the three services, at one moment',
    request: {},
    answers: { 200: { description: 'The books', body: AuditReport } },
    key: true,
  },
  reconcile: {
    method: 'POST',
    path: '/orders/sagas/reconcile',
    summary: 'Finishes or undoes now what is due, as the schedule does each minute',
    request: {},
    answers: {
      200: {
        description: 'How many were settled, how many could not be and are tried again, how many were parked',
        body: z.object({ settled: z.int(), waiting: z.int(), parked: z.int() }),
      },
    },
    key: true,
    idempotent: true,
  },
  replay: {
    method: 'POST',
    path: '/orders/saga/{order_id}/replay',
    summary: 'Lets the reconciler try the parked sagas of an order again',
    request: { path: OrderPath },
    answers: { 200: { description: 'How many will be tried again', body: z.object({ replayed: z.int() }) }, 400: notFound },
    key: true,
    idempotent: true,
  },
} as const satisfies RouteTable;

/** Answered by the state machine itself, which API Gateway runs without a function in between. */
export const checkoutRoutes = {
  checkout: {
    method: 'POST',
    path: '/orders/checkout/{order_id}',
    summary: 'Pays an order: items are reserved, credit is charged, or nothing happens',
    request: { path: OrderPath },
    answers: {
      200: textAnswer('`Checkout successful`'),
      400: textAnswer('`Out of stock on item_id: {id}`, `User out of credit`, `Order: {id} not found!`, `DB error` or `Requests error`'),
    },
    idempotent: true,
  },
} as const satisfies RouteTable;

/** Seconds after which the checkout's state machine hears a try of a step no more, and tries again or gives up. */
export const STEP_SECONDS = 2;
