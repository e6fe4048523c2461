import * as z from 'zod';
import type { RouteTable } from '../shared/http/route.ts';
import { Amount, BatchSize, Id, textAnswer } from '../shared/http/text-contract.ts';

const failed = textAnswer('`DB error`');
const Item = z.object({ stock: z.int(), price: z.int() });

export const stockRoutes = {
  createItem: {
    method: 'POST',
    path: '/stock/item/create/{price}',
    summary: 'A new item of that price, without stock',
    request: { path: z.object({ price: Amount }) },
    answers: { 200: { description: 'Created', body: z.object({ item_id: z.uuid() }) }, 400: failed },
    idempotent: true,
  },
  batchInit: {
    method: 'POST',
    path: '/stock/batch_init/{n}/{starting_stock}/{item_price}',
    summary: 'Items "0" to "n-1" with that stock and price, made or reset',
    request: { path: z.object({ n: BatchSize, starting_stock: Amount, item_price: Amount }) },
    answers: { 200: { description: 'Done', body: z.object({ msg: z.literal('Batch init for stock successful') }) }, 400: failed },
    idempotent: true,
    heavy: true,
  },
  find: {
    method: 'GET',
    path: '/stock/find/{item_id}',
    summary: 'Stock and price of an item',
    request: { path: z.object({ item_id: Id }) },
    answers: { 200: { description: 'Found', body: Item }, 400: textAnswer('`Item: {id} not found!`') },
  },
  add: {
    method: 'POST',
    path: '/stock/add/{item_id}/{amount}',
    summary: 'Puts items into stock',
    request: { path: z.object({ item_id: Id, amount: Amount }) },
    answers: {
      200: textAnswer('`Item: {id} stock updated to: {stock}`'),
      400: textAnswer('`Item: {id} not found!`, or more stock than can be kept'),
    },
    idempotent: true,
  },
  subtract: {
    method: 'POST',
    path: '/stock/subtract/{item_id}/{amount}',
    summary: 'Takes items out of stock, never below zero',
    request: { path: z.object({ item_id: Id, amount: Amount }) },
    answers: {
      200: textAnswer('`Item: {id} stock updated to: {stock}`'),
      400: textAnswer('`Item: {id} not found!` or `Item: {id} stock cannot get reduced below zero!`'),
    },
    idempotent: true,
  },
} as const satisfies RouteTable;
