// Intrinsic functions.
import { expect, test } from 'vitest';
import { passed, problemsOf } from './states-run.ts';

const input = { name: 'apple', n: 2, list: [1], text: '{"a":[1]}', bad: '{', template: '{} of {}' };
const evaluated = async (call: string) => {
  const output = await passed({ Parameters: { 'value.$': call } }, input);
  return typeof output === 'string' ? output : (output as { value: unknown }).value;
};

test.each<[string, unknown]>([
  ["States.Format('{} x {}', $.n, $.name)", '2 x apple'],
  ["States.Format('no place')", 'no place'],
  ["States.Format($.template, 1, 'b')", '1 of b'],
  ["States.Format('{} {} {}', null, true, -1.5e1)", 'null true -15'],
  [String.raw`States.Format('it\'s \{{}\} \\', $.n)`, String.raw`it's {2} \\`.slice(0, -1)],
  ["States.Format('{}', States.Format('<{}>', $.name))", '<apple>'],
  ["States.Format('{}', '{}')", '{}'],
  ["States.Array(1, 'a', $.list, States.Array())", [1, 'a', [1], []]],
  ['States.StringToJson($.text)', { a: [1] }],
  ['States.JsonToString($.list)', '[1]'],
  ["States.StringToJson(States.JsonToString('a\"b'))", 'a"b'],
  ['States.MathAdd($.n, -3)', -1],
  ['  States.MathAdd( 1 , 2 )  ', 3],
  ["States.Format('{}', $$.State.Name)", 'One'],
  ["States.Format('{}', $['name'])", 'apple'],
])('%s', async (call, value) => {
  expect(await evaluated(call)).toEqual(value);
});

test('States.UUID gives another one each time', async () => {
  const [one, other] = [await evaluated('States.UUID()'), await evaluated('States.UUID()')];
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(other).not.toBe(one);
});

test.each([
  ["States.Format('{}', $.list)", 'States.IntrinsicFailure'],
  ["States.Format('{}')", 'States.IntrinsicFailure'],
  ["States.Format('{}', 1, 2)", 'States.IntrinsicFailure'],
  ['States.Format($.n)', 'States.IntrinsicFailure'],
  ['States.StringToJson($.bad)', 'States.IntrinsicFailure'],
  ['States.MathAdd($.name, 1)', 'States.IntrinsicFailure'],
  ['States.MathAdd(1.5, 1)', 'States.IntrinsicFailure'],
  ['States.JsonToString($.nowhere)', 'States.Runtime'],
])('%s fails the execution with %s', async (call, error) => {
  expect(await evaluated(call)).toBe(error);
});

test.each([
  ['States.Hash($.a, $.b)', 'States.Hash is no intrinsic function here. Supported: States.Array, States.Format, '],
  ['States.Array(States.Base64Encode($))', 'States.Base64Encode is no intrinsic function here'],
  ['States.MathAdd(1)', 'States.MathAdd does not take 1 arguments'],
  ['States.UUID(1)', 'States.UUID does not take 1 arguments'],
  ['States.Array(1 2)', 'a comma or parenthesis is missing'],
  ['States.Array(1', 'a comma or parenthesis is missing'],
  ['States.Array(word)', 'nothing is known at 13'],
  ['States.Array(1) + 1', 'it is neither a path nor one intrinsic function'],
  ['just text', 'it is neither a path nor one intrinsic function'],
  ['States.Array($.a[*])', 'a comma or parenthesis is missing'],
])('%s is refused', (call, sentence) => {
  expect(problemsOf({ Type: 'Pass', Parameters: { 'value.$': call }, End: true })).toEqual([expect.stringContaining(sentence)]);
});

test('a value that is no text is refused', () => {
  expect(problemsOf({ Type: 'Pass', Parameters: { 'value.$': 5 }, End: true })).toEqual([
    'state One: value.$ 5: only a path or an intrinsic function is supported',
  ]);
});
