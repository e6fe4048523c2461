// What a field that ends in `.$` holds: a path, a path into the context object, or an intrinsic function.
import { Unsupported } from './definition.ts';
import { runtimeError } from './errors.ts';
import { contextObject, type Frame } from './execution.ts';
import { intrinsic } from './intrinsics.ts';
import type { Json } from './json.ts';
import { type Path, parsePath, pathAt, valueAt } from './path.ts';

/** `frame.state` is the state that fails where there is no value. */
export type Expression = (input: Json, frame: Frame) => Json;
export type Lookup = (input: Json, frame: Frame) => Json | undefined;

export const lookup = (path: unknown): Lookup => lookupOf(parsePath(path));

function lookupOf({ ofContext, segments }: Path): Lookup {
  if (ofContext) return (_, frame) => valueAt(segments, contextObject(frame));
  return segments.length === 0 ? (input) => input : (input) => valueAt(segments, input);
}

export const pathExpression = (path: unknown, field: string): Expression => required(lookup(path), String(path), field);

export function expression(text: unknown, field: string): Expression {
  if (typeof text !== 'string')
    throw new Unsupported(`${field} ${JSON.stringify(text)}: only a path or an intrinsic function is supported`);
  if (text.startsWith('$')) return pathExpression(text, field);
  return intrinsic(text, (from) => {
    const path = pathAt(text, from);
    return path && { length: path.text.length, value: required(lookupOf(path), path.text, field) };
  });
}

const required =
  (find: Lookup, path: string, field: string): Expression =>
  (input, frame) => {
    const value = find(input, frame);
    if (value !== undefined) return value;
    const reason = `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(input)}'`;
    throw runtimeError(frame.state, reason);
  };
