// The form of `/live`: which presses are the same, and what is JSON.
import { expect, test } from 'vitest';
import { jsonError } from '../../web/live/json-error.ts';
import { type Press, pressOf } from '../../web/live/press.ts';

const first = (isAnswered: boolean): Press => ({ what: 'a', key: 'first', at: 1_000, isAnswered });
const keyOf = (before: Press | undefined, what: string, at: number) => pressOf(before, what, at, () => 'new').key;

test('a press has a key of its own', () => {
  expect(keyOf(undefined, 'a', 0)).toBe('new');
  expect(keyOf(first(true), 'a', 1_600)).toBe('new');
});

test('the second half of a double click has the key of the first, also when the answer came in between', () => {
  expect(keyOf(first(true), 'a', 1_599)).toBe('first');
});

test('a press after no answer came has the key of the one before, whenever it comes', () => {
  expect(keyOf(first(false), 'a', 90_000)).toBe('first');
});

test('another message has another key', () => {
  expect(keyOf(first(true), 'b', 1_001)).toBe('new');
  expect(keyOf(first(false), 'b', 1_001)).toBe('new');
});

test.each(['{"a":1e400}', ' [1] ', '5', '{}'])('%s is JSON', (text) => {
  expect(jsonError(text)).toBeUndefined();
});

test.each([
  ['', 'Write a JSON object or array that is not empty.'],
  [' \n', 'Write a JSON object or array that is not empty.'],
  ['{"a": 1,}', 'This is not JSON: '],
  ["{'a': 1}", 'This is not JSON: '],
])('%j is not, and why is said', (text, words) => {
  expect(jsonError(text)).toContain(words);
});
