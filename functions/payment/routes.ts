import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';
import { Amount, BatchSize, Id, textAnswer } from '../shared/http/text-contract.ts';

const failed = textAnswer('`DB error`');
const User = z.object({ user_id: z.string(), credit: z.int() });

export const paymentRoutes = {
  createUser: {
    method: 'POST',
    path: '/payment/create_user',
    summary: 'A new user, without credit',
    request: {},
    answers: { 200: { description: 'Created', body: z.object({ user_id: z.uuid() }) }, 400: failed },
    idempotent: true,
  },
  batchInit: {
    method: 'POST',
    path: '/payment/batch_init/{n}/{starting_money}',
    summary: 'Users "0" to "n-1" with that credit, made or reset',
    request: { path: z.object({ n: BatchSize, starting_money: Amount }) },
    answers: { 200: { description: 'Done', body: z.object({ msg: z.literal('Batch init for users successful') }) }, 400: failed },
    idempotent: true,
    heavy: true,
  },
  findUser: {
    method: 'GET',
    path: '/payment/find_user/{user_id}',
    summary: 'Credit of a user',
    request: { path: z.object({ user_id: Id }) },
    answers: { 200: { description: 'Found', body: User }, 400: textAnswer('`User: {id} not found!`') },
  },
  addFunds: {
    method: 'POST',
    path: '/payment/add_funds/{user_id}/{amount}',
    summary: 'Gives credit',
    request: { path: z.object({ user_id: Id, amount: Amount }) },
    answers: {
      200: textAnswer('`User: {id} credit updated to: {credit}`'),
      400: textAnswer('`User: {id} not found!`, or more credit than can be kept'),
    },
    idempotent: true,
  },
  pay: {
    method: 'POST',
    path: '/payment/pay/{user_id}/{amount}',
    summary: 'Takes credit, never below zero',
    request: { path: z.object({ user_id: Id, amount: Amount }) },
    answers: {
      200: textAnswer('`User: {id} credit updated to: {credit}`'),
      400: textAnswer('`User: {id} not found!` or `User: {id} credit cannot get reduced below zero!`'),
    },
    idempotent: true,
  },
} as const satisfies RouteTable;
