// Paths, payload templates and the way of data through a state.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../local/states/json.ts';
import { parsePath, valueAt, withValueAt } from '../../local/states/path.ts';
import { passed, problemsOf } from './states-run.ts';

const at = (path: string, value: unknown) => valueAt(parsePath(path).segments, value as Json);
const put = (path: string, root: unknown, value: unknown) => withValueAt(parsePath(path).segments, root as Json, value as Json);

describe('a path', () => {
  test.each([
    ['$', { a: 1 }, { a: 1 }],
    ['$.a.b', { a: { b: [] } }, []],
    ['$.a[1][0]', { a: [0, [5]] }, 5],
    ["$['a b'].c-d", { 'a b': { 'c-d': null } }, null],
    ['$["it\'s"]', { "it's": 0 }, 0],
    ["$['it\\'s']", { "it's": false }, false],
    ['$.größe', { größe: '' }, ''],
  ])('%s leads to the value', (path, root, value) => {
    expect(at(path, root)).toEqual(value);
  });

  test.each([
    ['$.b', { a: 1 }],
    ['$.a.b', { a: null }],
    ['$.length', [1]],
    ['$.length', 'text'],
    ['$[0]', 'text'],
    ['$[0]', { 0: 1 }],
    ['$.constructor', {}],
    ['$.a[2]', { a: [1] }],
  ])('%s finds nothing in %j', (path, root) => {
    expect(at(path, root)).toBeUndefined();
  });

  test.each([
    '$..a',
    '$.a[*]',
    '$.*',
    '$.a[0:1]',
    '$.a[-1]',
    '$.a[?(@.b)]',
    "$['a','b']",
    '$.a.length()',
    'a',
    '',
    '$.',
    '$a',
    '$.a b',
    5,
    null,
  ])('%s is refused', (path) => {
    expect(() => parsePath(path)).toThrow('only $, $.name,');
  });
});

describe('a result', () => {
  test('takes its place in a copy, and makes the objects on its way', () => {
    const root = Object.freeze({ a: 1, list: Object.freeze([1, 2]) });
    expect(put('$.b.c', root, 5)).toEqual({ ...root, b: { c: 5 } });
    expect(put('$.list[1]', root, 5)).toEqual({ a: 1, list: [1, 5] });
    expect(put('$.list', root, 5)).toEqual({ a: 1, list: 5 });
    expect(put('$', root, 5)).toBe(5);
  });

  test.each([
    ['$.a.b', { a: 1 }],
    ['$.a.b', { a: null }],
    ['$.a', 'text'],
    ['$.a', []],
    ['$.list[2]', { list: [1, 2] }],
    ['$.none[0]', {}],
  ])('cannot go to %s in %j', (path, root) => {
    expect(put(path, root, 5)).toBeUndefined();
  });

  test('is read again by the path that put it there, and leaves the rest alone', () => {
    const quoted = (text: string) => `['${text.replaceAll(/[\\']/g, '\\$&')}']`;
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), fc.jsonValue(), (names, value) => {
        const path = `$${names.map(quoted).join('')}`;
        const made = put(path, { 'what was there': 1 }, value) as Json;
        expect(at(path, made)).toEqual(value);
        expect(at("$['what was there']", made)).toBe(1);
      }),
    );
  });
});

describe('data on its way through a state', () => {
  const order = { id: 7, items: [{ name: 'apple', n: 2 }] };

  test.each<[string, object, unknown]>([
    ['InputPath chooses', { InputPath: '$.items[0]' }, order.items[0]],
    ['InputPath null is an empty object', { InputPath: null }, {}],
    ['InputPath of the context', { InputPath: '$$.State.Name' }, 'One'],
    ['OutputPath chooses', { OutputPath: '$.id' }, 7],
    ['OutputPath null is an empty object', { OutputPath: null }, {}],
    ['Parameters see what InputPath chose', { InputPath: '$.items[0]', Parameters: { 'n.$': '$.n' } }, { n: 2 }],
    ['a falsy Result is one', { Result: 0 }, 0],
    ['Result goes before Parameters', { Parameters: { a: 1 }, Result: null }, null],
    ['ResultPath null drops the result', { Result: 1, ResultPath: null }, order],
    ['ResultPath $ drops the input', { Result: 1, ResultPath: '$' }, 1],
    ['ResultPath goes into the raw input', { InputPath: '$.items', ResultPath: '$.copy' }, { ...order, copy: order.items }],
    ['a path that leads nowhere', { OutputPath: '$.nowhere' }, 'States.Runtime'],
    ['a template path that leads nowhere', { Parameters: { 'a.$': '$.nowhere' } }, 'States.Runtime'],
    ['a result without a place', { Result: 1, ResultPath: '$.id.x' }, 'States.ResultPathMatchFailure'],
    [
      'templates nest in objects and lists',
      { Parameters: { a: [{ 'id.$': '$.id' }, '$.id', { b: {} }], c: { 'n.$': "$.items[0]['n']", d: null } } },
      { a: [{ id: 7 }, '$.id', { b: {} }], c: { n: 2, d: null } },
    ],
  ])('%s', async (_, fields, output) => {
    expect(await passed(fields, order)).toEqual(output);
  });

  test('nothing is put into the context object', () => {
    expect(problemsOf({ Type: 'Pass', ResultPath: '$$.a', End: true })).toEqual([
      'state One: ResultPath $$.a: nothing can be put into the context object',
    ]);
  });
});
