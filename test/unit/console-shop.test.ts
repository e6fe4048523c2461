// What the shop says about a checkout, and how it names and checks things.
import { expect, test } from 'vitest';
import type { Reply } from '../../web/pages/shop/contract.ts';
import { after } from '../../web/pages/shop/saga.ts';
import { amountError, letters } from '../../web/pages/shop/terms.ts';
import { attemptWords, type Situation, verdictOf } from '../../web/pages/shop/verdict.ts';
import { attempt, itemName, outOfCredit, outOfStock, succeeded } from './console-shop-fixture.ts';

const order = {
  order_id: 'o',
  user_id: 'u',
  paid: false,
  items: [['a', 2] as const, ['b', 1] as const, ['a', 3] as const],
  total_cost: 12,
};
const situation: Situation = {
  order,
  credit: 0,
  items: [{ item_id: 'a', stock: 4, price: 2 }],
  reply: undefined,
  lastAttempt: undefined,
  itemName,
};
const refusal = (text: string): Reply => ({ accepted: false, text, requestId: null });

test('before the first checkout there is nothing to say', () => {
  expect(verdictOf(situation)).toBeUndefined();
  expect(verdictOf({ ...situation, lastAttempt: attempt('running', null, []) })).toBeUndefined();
});

test('a paid order is paid, whatever was said before', () => {
  const verdict = { tone: 'good', title: 'Paid: 12 credit' };
  expect(verdictOf({ ...situation, order: { ...order, paid: true }, lastAttempt: outOfCredit })).toMatchObject(verdict);
  expect(verdictOf({ ...situation, reply: { accepted: true, text: 'Checkout successful', requestId: null } })).toMatchObject(verdict);
});

test('out of stock: all lines of the item count, and added stock changes what to do next', () => {
  const missing = verdictOf({ ...situation, lastAttempt: outOfStock });
  expect(missing?.title).toBe('Out of stock: item A');
  expect(missing?.next).toContain('The order wants 5, there are 4.');
  const added = { ...situation, items: [{ item_id: 'a', stock: 5, price: 2 }], lastAttempt: outOfStock };
  expect(verdictOf(added)?.next).toBe('There is enough of item A now: check out again.');
});

test('out of credit: what is missing, and that added credit is enough', () => {
  expect(verdictOf({ ...situation, credit: 11, lastAttempt: outOfCredit })?.next).toContain('Add credit, then check out again.');
  expect(verdictOf({ ...situation, credit: 12, lastAttempt: outOfCredit })?.next).toBe('There is enough credit now: check out again.');
});

test('the answer counts before the last attempt that is known', () => {
  expect(verdictOf({ ...situation, reply: refusal('User out of credit'), lastAttempt: outOfStock })?.title).toBe('Not enough credit');
  expect(verdictOf({ ...situation, reply: refusal('Requests error') })?.title).toBe('The checkout could not be finished');
  expect(verdictOf({ ...situation, reply: refusal('Order: o not found!') })?.next).toBe('Order: o not found!');
});

test.each([
  [succeeded, 'succeeded'],
  [outOfStock, 'out of stock'],
  [outOfCredit, 'out of credit'],
  [attempt('failed', 'Requests error', []), 'not finished in time'],
  [attempt('running', null, []), 'running'],
  [attempt('compensating', 'User out of credit', []), 'being undone'],
  [attempt('parked', 'User out of credit', []), 'not undone yet'],
])('an attempt in words: $1', (one, words) => {
  expect(attemptWords(one)).toBe(words);
});

test('times are counted from the beginning, also where clocks disagree', () => {
  const times = [0, 999, 1_500, 120_000, -3].map((ms) => after(succeeded, new Date(Date.parse(succeeded.begun_at) + ms).toISOString()));
  expect(times).toEqual(['+0 ms', '+999 ms', '+1.5 s', '+120 s', '−3 ms']);
});

test('items are named as spreadsheets name columns', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(letters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});

test.each([
  ['1', 1, true],
  [' 7 ', 1, true],
  ['0', 0, true],
  ['2147483647', 1, true],
  ['0', 1, false],
  ['2147483648', 1, false],
  ['', 0, false],
  ['1.5', 1, false],
  ['-1', 0, false],
  ['ten', 1, false],
])('the amount "%s", at least %i, is taken: %s', (typed, least, taken) => {
  expect(amountError(typed, least) === undefined).toBe(taken);
});
