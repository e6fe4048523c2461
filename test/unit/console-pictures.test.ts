// What the pictures pages decide without the server: sizes to offer, input to refuse, errors to show.
import { describe, expect, test } from 'vitest';
import { largestFile, largestRequest, requestSize, sideError, startingSize } from '../../web/pictures/limits.ts';
import { parseErrors } from '../../web/pictures/python-dict.ts';

describe('the errors of a 400', () => {
  test('are read from the text of a Python dict', () => {
    expect(parseErrors("{'width': ['Value must be greater than 0 and less than 2000 px']}")).toEqual({
      width: ['Value must be greater than 0 and less than 2000 px'],
    });
  });

  test('of several fields keep their order', () => {
    const text = "{'image': ['Missing data for required field.'], 'width': ['a', 'b'], 'height': ['c']}";
    expect(Object.entries(parseErrors(text))).toEqual([
      ['image', ['Missing data for required field.']],
      ['width', ['a', 'b']],
      ['height', ['c']],
    ]);
  });

  test('may hold quotes, brackets and escapes', () => {
    expect(parseErrors(`{'fit': ["Can't be ['x']", 'say \\'no\\'']}`)).toEqual({ fit: ["Can't be ['x']", "say 'no'"] });
  });

  test('are none in a text that is no dict', () => {
    expect(parseErrors('400 Bad Request')).toEqual({});
  });
});

describe('a side', () => {
  test.each(['2', '1999', ' 40 '])('of %j is accepted', (typed) => expect(sideError(typed)).toBeUndefined());
  test.each(['0', '1', '2000', '-5', '1.5', 'x', '1e2'])('of %j is refused in the words of the server', (typed) =>
    expect(sideError(typed)).toBe('Value must be greater than 0 and less than 2000 px'),
  );
  test('that is empty counts as missing', () => expect(sideError(' ')).toBe('Missing data for required field.'));
});

test('the first size offered keeps the proportions, fits into 800 px and stays within the limits', () => {
  expect(startingSize({ width: 1600, height: 1000 })).toEqual({ width: 800, height: 500 });
  expect(startingSize({ width: 30, height: 20 })).toEqual({ width: 30, height: 20 });
  expect(startingSize({ width: 5000, height: 1 })).toEqual({ width: 800, height: 2 });
});

test('the largest file makes the largest request, and one byte more is over it', () => {
  expect(requestSize(largestFile)).toBeLessThanOrEqual(largestRequest);
  expect(requestSize(largestFile + 1)).toBeGreaterThan(largestRequest);
});
