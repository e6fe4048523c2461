// Random state machines of the supported subset, as far as `aws-local-stepfunctions` keeps the language's specification. Left out, each for
// what it does instead: ResultPath "$" (writes a property named $) and one that leads through what is no object (goes on), falsy Results
// (ignored), falsy values as a whole input (paths find nothing there), type tests for false (never match), orders between values of
// different types (as JavaScript compares them), States.JsonToString (texts within lose their escapes), escapes in States.Format (kept),
// States.TaskFailed on Parallel (tasks only), the context object (a branch has another), retries beside a branch that failed (go on).
import fc from 'fast-check';

export type Behaviour = 'echo' | 'wrap' | 'number' | 'fail' | 'recover';

export interface Sample {
  readonly definition: { readonly StartAt: string; readonly States: Readonly<Record<string, object>> };
  readonly input: unknown;
}

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:';

const leaf = fc.constantFrom<string | number | boolean>(-2, -1, 1, 2.5, 3, 'x', 'yes', true);
const inner = fc.record({ a: leaf, b: leaf }, { requiredKeys: [] });
const input = fc.record(
  { a: fc.oneof(leaf, inner), b: fc.oneof(leaf, inner), list: fc.array(leaf, { maxLength: 2 }) },
  { requiredKeys: ['a'] },
);

const path = fc.constantFrom('$', '$', '$', '$.a', '$.a', "$['a']", '$.a.b', '$.b', '$.list', '$.list[0]', '$.r');
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 2 });
const without = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const template = fc.oneof(
  fc.record({ 'p.$': path, constant: leaf }),
  fc.record({ a: fc.record({ 'deep.$': path }), b: fc.constant(1) }),
  fc.record({ a: fc.constant({ 'text.$': "States.Format('{}-{}', 1, 'x')", 'sum.$': 'States.MathAdd(2, 3)' }) }),
  fc.record({
    'all.$': fc.constantFrom('States.Array($, 1)', "States.StringToJson('[1]')"),
  }),
);
const data = {
  InputPath: sometimes(fc.constantFrom('$', '$', '$.a', '$.b', null)),
  Parameters: sometimes(template),
  ResultPath: sometimes(fc.constantFrom(null, '$.r', '$.fresh.r')),
  OutputPath: sometimes(fc.constantFrom('$', '$', '$.r', '$.a', null)),
};
const names = fc.constantFrom(['Busy'], ['SoldOut'], ['Busy', 'SoldOut'], ['States.ResultPathMatchFailure'], ['States.TaskFailed']);

const rule = fc.oneof(
  fc.record({ Variable: path, IsPresent: fc.constant(true) }),
  fc.record({ Variable: path, IsString: fc.constant(true) }),
  fc.record({ Variable: path, StringEquals: fc.constantFrom('x', 'yes') }),
  fc.record({ Variable: path, BooleanEquals: fc.boolean() }),
  path.chain((Variable) =>
    fc.record({
      And: fc.tuple(
        fc.constant({ Variable, IsNumeric: true }),
        fc.record({ Variable: fc.constant(Variable), NumericLessThan: fc.integer({ min: -2, max: 2 }) }),
      ),
    }),
  ),
  path.chain((Variable) =>
    fc.constant({
      And: [
        { Variable, IsString: true },
        { Variable, StringMatches: '*e*' },
      ],
    }),
  ),
  fc.record({ Not: fc.record({ Variable: path, NumericEquals: fc.integer({ min: 0, max: 1 }) }) }),
);

/** States go on only to later ones, so every machine ends. Names are unique by their prefix. */
function machine(prefix: string, depth: number): fc.Arbitrary<Sample['definition']> {
  return fc.integer({ min: 1, max: depth > 0 ? 5 : 2 }).chain((count) => {
    const name = (index: number) => `${prefix}${index}`;
    const states = Array.from({ length: count }, (_, index) => state(name(index), laterThan(index, count, name), depth));
    return fc.tuple(...states).map((made) => ({
      StartAt: name(0),
      States: Object.fromEntries([...made.map((one, index) => [name(index), one] as const), [name(count), { Type: 'Succeed' }]]),
    }));
  });
}

const laterThan = (index: number, count: number, name: (index: number) => string) => fc.integer({ min: index + 1, max: count }).map(name);

function state(name: string, next: fc.Arbitrary<string>, depth: number): fc.Arbitrary<object> {
  const onward = next.chain((Next) => fc.constantFrom({ Next }, { Next }, { Next }, { End: true }));
  const pass = fc.tuple(fc.record({ ...data, Result: sometimes(fc.constantFrom({ r: 1 }, 'x', [1, 2])) }), onward);
  const errors = fc.record({
    Retry: sometimes(
      fc.array(fc.record({ ErrorEquals: names, MaxAttempts: fc.integer({ min: 0, max: 2 }), JitterStrategy: fc.constant('FULL') }), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    Catch: sometimes(
      fc.array(fc.tuple(names, next, sometimes(fc.constantFrom('$.e', null))), { minLength: 1, maxLength: 2 }).map(catchers),
    ),
    ResultSelector: sometimes(template),
  });
  const task = fc
    .tuple(fc.constantFrom<Behaviour>('echo', 'wrap', 'wrap', 'number', 'fail', 'recover'), fc.record(data), errors, onward)
    .map(([behaviour, ...rest]) => [{ Resource: `${FUNCTION}${behaviour}-${name}` }, ...rest]);
  const choice = fc.tuple(fc.array(fc.tuple(rule, next), { minLength: 1, maxLength: 3 }), fc.option(next, { nil: undefined, freq: 4 }));
  const passes = pass.map(([fields, on]) => ({ Type: 'Pass', ...without(fields), ...on }));
  const tasks = task.map((fields) => ({ Type: 'Task', ...without(Object.assign({}, ...fields) as Record<string, unknown>) }));
  const choices = choice.map(([rules, Default]) => ({
    Type: 'Choice',
    Choices: rules.map(([one, Next]) => ({ ...one, Next })),
    ...without({ Default }),
  }));
  const ends = fc.constantFrom({ Type: 'Fail', Error: 'Busy', Cause: 'it is' }, { Type: 'Succeed', OutputPath: '$.a' });
  const weighted = (arbitrary: fc.Arbitrary<object>, weight: number) => ({ arbitrary, weight });
  const parallels = depth > 0 ? [weighted(parallel(name, next, onward), 3)] : [];
  return fc.oneof(weighted(passes, 3), weighted(tasks, 6), weighted(choices, 2), weighted(ends, 1), ...parallels);
}

const catchers = (all: readonly (readonly [readonly string[], string, string | null | undefined])[]) =>
  all.map(([ErrorEquals, Next, ResultPath]) => without({ ErrorEquals, Next, ResultPath }));

/** Only one branch can fail: with two it would be a race. */
const parallel = (name: string, next: fc.Arbitrary<string>, onward: fc.Arbitrary<object>) =>
  fc.tuple(machine(`${name}.`, 0), next, onward).map(([first, Next, on]) => ({
    Type: 'Parallel',
    Branches: [first, { StartAt: `${name}-other`, States: { [`${name}-other`]: { Type: 'Pass', Result: 'other', End: true } } }],
    ResultPath: '$.r',
    Catch: [{ ErrorEquals: ['SoldOut'], Next, ResultPath: '$.e' }],
    ...on,
  }));

/** As JSON has it: fast-check's records have no prototype, and the other interpreter does not take them for objects. */
export const sample: fc.Arbitrary<Sample> = fc
  .record({ definition: machine('S', 1), input })
  .map((made) => JSON.parse(JSON.stringify(made)) as Sample);
