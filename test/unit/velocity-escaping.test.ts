// A client's text inside JSON inside JSON: it arrives as it was sent and never breaks out of its place.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textOf } from './velocity-fixture.ts';

/** JSON text knows no `\'`, so each escaping takes it back. */
const escapedOnce = (expression: string) => `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
const escapedTwice = (expression: string) => escapedOnce(escapedOnce(expression));

const template = `{"input":"{\\"id\\":\\"${escapedTwice("$input.params('id')")}\\",\\"key\\":\\"${escapedTwice("$input.params('Key')")}\\"}"}`;

const arrived = (id: string, key: string): unknown => {
  const { input } = JSON.parse(textOf(template, { path: { id: encodeURIComponent(id) }, headers: ['Key', key] }));
  return JSON.parse(input);
};

it('escaping twice keeps any text of a path and of a header', () => {
  const hostile = fc.string({
    unit: fc.constantFrom(
      '\\',
      "'",
      '"',
      '/',
      '%',
      '$',
      '#',
      '{',
      '}',
      ',',
      ':',
      'u',
      'n',
      '0',
      '\n',
      '\u2028',
      'é',
      '$input.body',
      '","x":"',
    ),
  });
  const anything = fc.oneof(fc.string({ unit: 'binary' }), hostile);
  fc.assert(
    fc.property(anything, anything, (id, key) => {
      expect(arrived(id, key)).toEqual({ id, key });
    }),
    { numRuns: 1000 },
  );
});

it('escaping once is not enough for JSON inside JSON', () => {
  const once = `{"input":"{\\"id\\":\\"${escapedOnce("$input.params('id')")}\\"}"}`;
  const { input } = JSON.parse(textOf(once, { path: { id: encodeURIComponent('a","admin":"true') } }));
  expect(JSON.parse(input)).toEqual({ id: 'a', admin: 'true' });
});
