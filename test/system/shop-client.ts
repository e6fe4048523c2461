// A client of orders, stock and payment: what it asks, and what it is told.
import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { HTML_TYPE, JSON_TYPE, said, send, sendWithKey, url } from './application.ts';

export const MAX_AMOUNT = 2 ** 31 - 1;

type Headers = Record<string, string>;

/** An answer in text, as the contract has it. */
export const told = (status: number, body: string) => ({ status, type: HTML_TYPE, body });
export const PAID = told(200, 'Checkout successful');
export const OUT_OF_CREDIT = told(400, 'User out of credit');
export const outOfStock = (item: string) => told(400, `Out of stock on item_id: ${item}`);

export const post = (path: string, headers: Headers = {}) => said(send(path, { method: 'POST', headers }));
export const get = (path: string) => said(send(path));
export const checkout = (order: string, headers?: Headers) => post(`/orders/checkout/${order}`, headers);

/** Status, body, and whether it was marked as a replay. */
export async function attempt(path: string, key: string): Promise<{ status: number; body: string; replayed: string | null }> {
  const answer = await send(path, { method: 'POST', headers: { 'idempotency-key': key } });
  return { status: answer.status, body: await answer.text(), replayed: answer.headers.get('idempotent-replayed') };
}

/** The JSON of an answer that must be 200. */
export async function value<Value>(answer: ReturnType<typeof post>): Promise<Value> {
  const { status, type, body } = await answer;
  expect({ status, type, body }).toMatchObject({ status: 200, type: JSON_TYPE });
  return JSON.parse(body) as Value;
}

const done = async (answer: ReturnType<typeof post>) => expect(await answer).toMatchObject({ status: 200 });

export async function user(credit = 0): Promise<string> {
  const { user_id } = await value<{ user_id: string }>(post('/payment/create_user'));
  if (credit > 0) await addCredit(user_id, credit);
  return user_id;
}

export async function item(price: number, stock = 0): Promise<string> {
  const { item_id } = await value<{ item_id: string }>(post(`/stock/item/create/${price}`));
  if (stock > 0) await addStock(item_id, stock);
  return item_id;
}

/** An order with these lines. */
export async function order(userId: string, ...lines: [itemId: string, quantity: number][]): Promise<string> {
  const { order_id } = await value<{ order_id: string }>(post(`/orders/create/${userId}`));
  for (const [itemId, quantity] of lines) await done(post(`/orders/addItem/${order_id}/${itemId}/${quantity}`));
  return order_id;
}

export const addCredit = (userId: string, amount: number) => done(post(`/payment/add_funds/${userId}/${amount}`));
export const addStock = (itemId: string, amount: number) => done(post(`/stock/add/${itemId}/${amount}`));
export const creditOf = async (userId: string) => (await value<{ credit: number }>(get(`/payment/find_user/${userId}`))).credit;
export const stockOf = async (itemId: string) => (await value<{ stock: number }>(get(`/stock/find/${itemId}`))).stock;

export interface Order {
  readonly order_id: string;
  readonly paid: boolean;
  readonly items: readonly (readonly [itemId: string, quantity: number])[];
  readonly user_id: string;
  readonly total_cost: number;
}
export const find = (orderId: string) => value<Order>(get(`/orders/find/${orderId}`));
export const isPaid = async (orderId: string) => (await find(orderId)).paid;

/** A user with that credit who wants `quantity` of an item of that price and stock. */
export async function purchase({ credit = 0, stock = 0, price = 10, quantity = 1 }) {
  const [userId, itemId] = await Promise.all([user(credit), item(price, stock)]);
  return { userId, itemId, orderId: await order(userId, [itemId, quantity]) };
}

interface Step {
  readonly step: string;
  readonly service: string;
  readonly outcome: string;
  readonly at: string;
  readonly detail: string | null;
}
export interface Attempt {
  readonly attempt: number;
  readonly state: string;
  readonly reason: string | null;
  readonly request_id: string;
  readonly begun_at: string;
  readonly decided_at: string | null;
  readonly finished_at: string | null;
  readonly steps: readonly Step[];
}
export const attemptsOf = async (orderId: string) => (await value<{ attempts: Attempt[] }>(get(`/orders/saga/${orderId}`))).attempts;

export interface Books {
  readonly consistent: boolean;
  readonly open: number;
  readonly paid_orders: { readonly orders: number; readonly amount: number };
  readonly succeeded: { readonly sagas: number; readonly amount: number };
  readonly spent: { readonly sagas: number; readonly amount: number };
  readonly sold: { readonly sagas: number; readonly amount: number };
  readonly problems: readonly string[];
}
export const books = () => value<Books>(said(sendWithKey('/orders/audit')));

export const newKey = () => randomUUID();

/** Requests over that many connections, which are kept; `fetch` would open as many as there are requests. */
export function connections(count: number) {
  const secure = url.startsWith('https:');
  const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: count });
  const request = secure ? httpsRequest : httpRequest;
  const asked = (method: string) => (path: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; body: string }>();
    request(`${url}${path}`, { method, agent }, (answer) =>
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject),
    )
      .on('error', reject)
      .end();
    return promise;
  };
  return { get: asked('GET'), post: asked('POST'), close: () => agent.destroy() };
}
