// Where the steps of a saga stand in its picture, and what is written at them.
import { describe, expect, test } from 'vitest';
import { across, type Drawing, downwards } from '../../web/pages/shop/saga-layout.ts';
import { attempt, itemName, outOfCredit, outOfStock, outOfTime, succeeded } from './console-shop-fixture.ts';

const node = ({ nodes }: Drawing, step: string) => {
  const found = nodes.find((one) => one.step === step);
  if (found === undefined) throw new Error(`no ${step} among ${nodes.map((one) => one.step).join(', ')}`);
  return found;
};
const written = (drawing: Drawing, step: string) => node(drawing, step).lines.map(({ text }) => text);
const kinds = ({ nodes }: Drawing) => Object.fromEntries(nodes.map(({ step, kind }) => [step, kind]));
const ways = ({ edges }: Drawing) => edges.map(({ back }) => (back ? 'back' : 'there'));

describe('across', () => {
  test('the way there goes from left to right, each step in its service’s lane', () => {
    const drawing = across(succeeded, itemName);
    const xs = drawing.nodes.map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(node(drawing, 'begin').y).toBe(node(drawing, 'complete').y);
    expect(node(drawing, 'reserve').y).toBeGreaterThan(node(drawing, 'begin').y);
    expect(node(drawing, 'charge').y).toBeGreaterThan(node(drawing, 'reserve').y);
    expect(ways(drawing)).toEqual(['there', 'there', 'there']);
    expect(written(drawing, 'charge')).toEqual(['charge  +9 ms']);
  });

  test('what undoes a step stands below it, and the way to it is the way back', () => {
    const drawing = across(outOfTime, itemName);
    expect(node(drawing, 'release').x).toBe(node(drawing, 'reserve').x);
    expect(node(drawing, 'refund').x).toBe(node(drawing, 'charge').x);
    expect(node(drawing, 'refund').y).toBeGreaterThan(node(drawing, 'charge').y);
    expect(ways(drawing)).toEqual(['there', 'there', 'back', 'back', 'back']);
    expect(written(drawing, 'abort')).toEqual(['abort  +20.0 s', 'no answer in time']);
  });

  test('a refused step shows its reason, and a step that was not reached is there without a time', () => {
    const drawing = across(outOfStock, itemName);
    expect(kinds(drawing)).toEqual({ begin: 'done', reserve: 'refused', abort: 'undone', charge: 'not reached' });
    expect(written(drawing, 'reserve')).toEqual(['reserve  +4 ms', 'too few of item A']);
    expect(written(drawing, 'charge')).toEqual(['charge']);
    expect(written(drawing, 'abort')).toEqual(['abort  +7 ms']);
  });

  test('no two steps are at the same place, and nothing is outside', () => {
    for (const drawing of [succeeded, outOfStock, outOfCredit, outOfTime].map((one) => across(one, itemName))) {
      expect(new Set(drawing.nodes.map(({ x, y }) => `${x},${y}`)).size).toBe(drawing.nodes.length);
      for (const { x, y } of drawing.nodes.flatMap(({ lines }) => lines)) {
        expect(x).toBeLessThan(drawing.width);
        expect(y).toBeGreaterThan(12);
        expect(y).toBeLessThan(drawing.height);
      }
    }
  });
});

describe('downwards', () => {
  test('steps follow each other in time, with room for their lines', () => {
    const drawing = downwards(outOfCredit, itemName);
    expect(drawing.nodes.map(({ step }) => step)).toEqual(['begin', 'reserve', 'charge', 'abort', 'release']);
    for (const [index, { y }] of drawing.nodes.slice(1).entries()) expect(y).toBeGreaterThan(drawing.nodes[index]?.lines.at(-1)?.y ?? 0);
    expect(written(drawing, 'charge')).toEqual(['charge', '+8 ms', 'not enough', 'credit']);
    expect(written(drawing, 'release')).toEqual(['release', '+1.5 s']);
  });

  test('as long as it runs, the steps ahead are shown; afterwards those left out are not', () => {
    const running = attempt('running', null, [['begin', 'orders', 0]]);
    expect(kinds(downwards(running, itemName))).toEqual({
      begin: 'done',
      reserve: 'not reached',
      charge: 'not reached',
      complete: 'not reached',
    });
    expect(kinds(downwards(outOfStock, itemName))).not.toHaveProperty('charge');
  });

  test('an undo that came before its do is told as such', () => {
    const late = attempt('failed', 'Requests error', [
      ['begin', 'orders', 0],
      ['abort', 'orders', 9],
      ['release', 'stock', 12, 'kept out'],
    ]);
    expect(written(downwards(late, itemName), 'release')).toEqual(['release', '+12 ms', 'before its do,', 'which is kept out']);
  });
});
