// Choice rules.
import { expect, test } from 'vitest';
import { stringMatches } from '../../local/states/comparisons.ts';
import { problemsOf, run } from './states-run.ts';

const input = {
  s: 'b',
  n: 2,
  zero: 0,
  t: true,
  nothing: null,
  list: [],
  time: '2026-03-01T12:00:00Z',
  same: '2026-03-01T13:00:00.000+01:00',
  later: '2026-03-02T00:00:00Z',
  c: 'c',
  three: 3,
};

const decision = async (rule: object): Promise<unknown> => {
  const end = (Result: unknown) => ({ Type: 'Pass', Result, End: true });
  const States = { One: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }, Yes: end(true), No: end(false) };
  const { output, error } = await run({ StartAt: 'One', States }, input);
  return output === undefined ? error : JSON.parse(output);
};

const orders = {
  Equals: [false, true, false],
  LessThan: [true, false, false],
  GreaterThan: [false, false, true],
  LessThanEquals: [true, true, false],
  GreaterThanEquals: [false, true, true],
};
const kinds = {
  String: ['$.s', ['c', 'b', 'a']],
  Numeric: ['$.n', [3, 2, 1.5]],
  Timestamp: ['$.time', ['2026-03-01T12:00:00.5Z', '2026-03-01T12:00:00Z', '2026-03-01T12:59:59+01:00']],
} as const;

test.each(
  Object.entries(kinds).flatMap(([kind, [Variable, others]]) =>
    Object.entries(orders).map(([order, holds]) => [`${kind}${order}`, Variable, others, holds] as const),
  ),
)('%s compares with a greater, an equal and a smaller value', async (operator, Variable, others, holds) => {
  expect(await Promise.all(others.map((other) => decision({ Variable, [operator]: other })))).toEqual(holds);
});

test.each<[object, unknown]>([
  [{ Variable: '$.t', BooleanEquals: true }, true],
  [{ Variable: '$.t', BooleanEquals: false }, false],
  [{ Variable: '$.s', StringLessThanPath: '$.c' }, true],
  [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.three' }, false],
  [{ Variable: '$.t', BooleanEqualsPath: '$.t' }, true],
  [{ Variable: '$.time', TimestampEqualsPath: '$.same' }, true],
  [{ Variable: '$.s', StringEqualsPath: '$$.State.Name' }, false],
  // Other types do not match, whatever they look like.
  [{ Variable: '$.n', StringEquals: '2' }, false],
  [{ Variable: '$.s', NumericLessThan: 5 }, false],
  [{ Variable: '$.nothing', NumericEquals: 0 }, false],
  [{ Variable: '$.s', TimestampEquals: '2026-03-01T12:00:00Z' }, false],
  [{ Variable: '$.s', NumericLessThanPath: '$.n' }, false],
  [{ Variable: '$.s', IsString: true }, true],
  [{ Variable: '$.n', IsString: false }, true],
  [{ Variable: '$.zero', IsNumeric: true }, true],
  [{ Variable: '$.t', IsBoolean: true }, true],
  [{ Variable: '$.nothing', IsNull: true }, true],
  [{ Variable: '$.zero', IsNull: true }, false],
  [{ Variable: '$.list', IsNull: false }, true],
  [{ Variable: '$.time', IsTimestamp: true }, true],
  [{ Variable: '$.s', IsTimestamp: true }, false],
  [{ Variable: '$.nothing', IsPresent: true }, true],
  [{ Variable: '$.nowhere.at.all', IsPresent: false }, true],
  [{ Variable: '$.s', IsPresent: false }, false],
  [
    {
      And: [
        { Variable: '$.s', IsPresent: true },
        { Variable: '$.s', StringEquals: 'b' },
      ],
    },
    true,
  ],
  [
    {
      And: [
        { Variable: '$.nowhere', IsPresent: true },
        { Variable: '$.nowhere', StringEquals: 'b' },
      ],
    },
    false,
  ],
  [{ Or: [{ Variable: '$.s', StringEquals: 'x' }, { Not: { Variable: '$.n', NumericEquals: 3 } }] }, true],
  [{ Not: { Or: [{ Variable: '$.t', BooleanEquals: true }] } }, false],
  [{ Variable: '$.nowhere', StringEquals: 'b' }, 'States.Runtime'],
  [{ Variable: '$.nowhere', IsString: false }, 'States.Runtime'],
  [{ Variable: '$.s', StringEqualsPath: '$.nowhere' }, 'States.Runtime'],
])('%j is %s', async (rule, holds) => {
  expect(await decision(rule)).toBe(holds);
});

test.each([
  ['b', true],
  ['*', true],
  ['b*', true],
  ['*b', true],
  ['.', false],
  ['b?', false],
  ['\\*', false],
])('StringMatches %s', async (StringMatches, holds) => {
  expect(await decision({ Variable: '$.s', StringMatches })).toBe(holds);
});

test('StringMatches takes escaped stars and backslashes as they are, and lines as text', () => {
  expect(stringMatches('a\\*c')('a*c')).toBe(true);
  expect(stringMatches('a\\*c')('abc')).toBe(false);
  expect(stringMatches('a\\\\*')('a\\bc')).toBe(true);
  expect(stringMatches('log-*.txt')('log-1\n2.txt')).toBe(true);
  expect(stringMatches('a-z')('b')).toBe(false);
});

test('the first rule that holds decides, and without one or a Default there is no choice', async () => {
  const States = {
    One: {
      Type: 'Choice',
      Choices: [
        { Variable: '$', NumericLessThan: 5, Next: 'A' },
        { Variable: '$', NumericLessThan: 10, Next: 'B' },
      ],
    },
    A: { Type: 'Pass', Result: 'A', End: true },
    B: { Type: 'Pass', Result: 'B', End: true },
  };
  expect(await run({ StartAt: 'One', States }, 1)).toMatchObject({ output: '"A"' });
  expect(await run({ StartAt: 'One', States }, 7)).toMatchObject({ output: '"B"' });
  expect(await run({ StartAt: 'One', States }, 12)).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
});

test.each([
  [{ Variable: '$.a', StringSounds: 'b' }, 'StringSounds of a choice rule is not supported. Supported: Next, '],
  [{ Variable: '$.a' }, 'exactly one of StringEquals,'],
  [{ Variable: '$.a', IsNull: true, IsPresent: true }, 'not IsPresent and IsNull'],
  [{ Variable: '$.a[*]', IsNull: true }, 'path "$.a[*]"'],
  [{ StringEquals: 'a' }, 'path undefined'],
  [{ Variable: '$.a', NumericEquals: '5' }, 'NumericEquals "5": the value is of another type'],
  [{ Variable: '$.a', TimestampEquals: 'noon' }, 'TimestampEquals "noon": the value is of another type'],
  [{ Variable: '$.a', IsNull: 'true' }, 'IsNull "true": only true and false are supported'],
  [{ Variable: '$.a', StringMatches: 5 }, 'StringMatches 5'],
  [{ And: [] }, 'And must be a list that is not empty'],
  [{ Not: 5 }, '5 is no choice rule'],
  [{ Condition: '{% true %}' }, 'Condition of a choice rule is not supported'],
])('%j is refused', (rule, sentence) => {
  expect(problemsOf({ Type: 'Choice', Choices: [{ ...rule, Next: 'One' }] })).toEqual([expect.stringContaining(sentence)]);
});
