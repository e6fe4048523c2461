// What an order takes out of stock, as rows are locked.
import { expect, it } from 'vitest';
import { type OrderLine, reservationOf } from '../../functions/stock/reservation.ts';

it('of nothing is nothing', () => {
  expect(reservationOf([])).toEqual({ lines: [], quantity: 0, value: 0 });
});

it('sums pieces, and their value at the prices of the order', () => {
  const lines: OrderLine[] = [
    ['a', 2, 5],
    ['b', 3, 7],
  ];
  expect(reservationOf(lines)).toEqual({
    lines: [
      ['a', 2],
      ['b', 3],
    ],
    quantity: 5,
    value: 31,
  });
});

it('has an item once, however often the order has it and at whatever prices', () => {
  const lines: OrderLine[] = [
    ['b', 1, 7],
    ['a', 1, 1],
    ['b', 4, 9],
  ];
  expect(reservationOf(lines)).toEqual({
    lines: [
      ['a', 1],
      ['b', 5],
    ],
    quantity: 6,
    value: 44,
  });
});

it('has the same order of items for every order of lines, so that locks are taken alike', () => {
  const lines: OrderLine[] = ['10', '9', 'é', 'z', 'A', '😀', ''].map((id) => [id, 1, 1]);
  const ids = (given: OrderLine[]) => reservationOf(given).lines.map(([id]) => id);

  expect(ids(lines)).toEqual(ids(lines.toReversed()));
  expect(ids(lines)).toHaveLength(7);
});
