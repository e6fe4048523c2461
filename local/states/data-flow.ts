// The way of data through a state: InputPath, Parameters, the state itself, ResultSelector, ResultPath, OutputPath.
import { type Definition, Unsupported } from './definition.ts';
import { dataLimitExceeded, StateError } from './errors.ts';
import type { Frame } from './execution.ts';
import { type Expression, pathExpression } from './expression.ts';
import { isTooLarge, type Json } from './json.ts';
import { parsePath, withValueAt } from './path.ts';
import { payloadTemplate } from './payload-template.ts';

export interface DataFlow {
  /** What the state works on. */
  readonly input: Expression;
  /** What it hands on. */
  readonly output: (raw: Json, result: Json, frame: Frame) => Json;
}

export function dataFlow(definition: Definition): DataFlow {
  const { Parameters, ResultSelector } = definition;
  const path = filter(definition, 'InputPath');
  const parameters = Parameters === undefined ? undefined : payloadTemplate(Parameters, 'Parameters');
  const selector = ResultSelector === undefined ? undefined : payloadTemplate(ResultSelector, 'ResultSelector');
  const merge = resultPath(definition);
  const last = filter(definition, 'OutputPath');
  return {
    input: parameters ? (raw, frame) => parameters(path(raw, frame), frame) : path,
    output(raw, result, frame) {
      const output = last(merge(raw, selector ? selector(result, frame) : result, frame), frame);
      return output === raw ? output : withinLimit(output, frame.state);
    },
  };
}

/** `InputPath` or `OutputPath`: null gives an empty object. */
export function filter(definition: Definition, field: 'InputPath' | 'OutputPath'): Expression {
  const path: unknown = definition[field];
  if (path === undefined || path === '$') return (value) => value;
  return path === null ? () => ({}) : pathExpression(path, field);
}

export type Merge = (raw: Json, result: Json, frame: Frame) => Json;

/** `ResultPath`: null drops the result, `$` drops what was before; both come from the state's input as it arrived (F6). */
export function resultPath({ ResultPath: path = '$' }: Definition): Merge {
  if (path === null) return (raw) => raw;
  const { segments, ofContext } = parsePath(path);
  if (ofContext) throw new Unsupported(`ResultPath ${path}: nothing can be put into the context object`);
  if (segments.length === 0) return (_, result) => result;
  return (raw, result) => {
    const merged = withValueAt(segments, raw, result);
    if (merged !== undefined) return merged;
    throw new StateError('States.ResultPathMatchFailure', `Unable to apply ResultPath '${path}' to input '${JSON.stringify(raw)}'`);
  };
}

/** F9 */
export function withinLimit(value: Json, state: string): Json {
  if (isTooLarge(JSON.stringify(value))) throw dataLimitExceeded(state);
  return value;
}
