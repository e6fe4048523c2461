// Choice rules: a comparison, or And, Or, Not of rules.
import { comparisons, constantFor, stringMatches, typeTests } from './comparisons.ts';
import { type Definition, listIn, onlyFields, onlyOneOf, Unsupported } from './definition.ts';
import { runtimeError } from './errors.ts';
import type { Frame } from './execution.ts';
import { type Lookup, lookup } from './expression.ts';
import { isObject, type Json } from './json.ts';

export type Rule = (input: Json, frame: Frame) => boolean;

const OPERATORS = [...[...comparisons.keys()].flatMap((name) => [name, `${name}Path`]), 'StringMatches', 'IsPresent', ...typeTests.keys()];

/** `around` are the fields that only the outermost rule has. */
export function choiceRule(given: unknown, around: readonly string[] = []): Rule {
  if (!isObject(given)) throw new Unsupported(`${JSON.stringify(given)} is no choice rule`);
  const definition: Definition = given;
  const fields = Object.keys(definition).filter((field) => !around.includes(field) && field !== 'Comment');
  const [only] = fields;
  if (fields.length === 1 && only === 'Not') {
    const rule = choiceRule(definition.Not);
    return (input, frame) => !rule(input, frame);
  }
  if (fields.length === 1 && (only === 'And' || only === 'Or')) {
    const rules = listIn(definition, only).map((rule) => choiceRule(rule));
    return only === 'And'
      ? (input, frame) => rules.every((rule) => rule(input, frame))
      : (input, frame) => rules.some((rule) => rule(input, frame));
  }
  onlyFields(definition, [...around, 'Comment', 'Variable', ...OPERATORS], 'a choice rule');
  return comparison(definition);
}

function comparison(definition: Definition): Rule {
  const operator = onlyOneOf(definition, OPERATORS);
  const operand: Json = definition[operator];
  const find = lookup(definition.Variable);
  if (operator.startsWith('Is') && typeof operand !== 'boolean')
    throw new Unsupported(`${operator} ${JSON.stringify(operand)}: only true and false are supported`);
  if (operator === 'IsPresent') return (input, frame) => (find(input, frame) !== undefined) === operand;

  const value = present(find, definition.Variable);
  const test = typeTests.get(operator);
  if (test) return (input, frame) => test(value(input, frame)) === operand;
  if (operator === 'StringMatches') {
    if (typeof operand !== 'string') throw new Unsupported(`StringMatches ${JSON.stringify(operand)}: only text is supported`);
    const matches = stringMatches(operand);
    return (input, frame) => matches(value(input, frame));
  }
  const constant = comparisons.get(operator);
  if (constant) {
    const other = constantFor(operator, operand);
    return (input, frame) => constant(value(input, frame), other);
  }
  const compare = comparisons.get(operator.slice(0, -'Path'.length));
  const other = present(lookup(operand), operand);
  return (input, frame) => compare?.(value(input, frame), other(input, frame)) === true;
}

/** A rule that reads what is not there ends the execution, unless `IsPresent` comes first. */
const present =
  (find: Lookup, path: Json) =>
  (input: Json, frame: Frame): Json => {
    const value = find(input, frame);
    if (value === undefined)
      throw runtimeError(frame.state, `Invalid path '${path}': The choice state's condition path references an invalid value.`);
    return value;
  };
