// Pass, Succeed and Fail: the states that decide nothing and wait for nothing.
import { dataFlow, filter } from './data-flow.ts';
import { type Definition, textIn, Unsupported } from './definition.ts';
import { runtimeError, StateError } from './errors.ts';
import { frameOf } from './execution.ts';
import { type Expression, expression } from './expression.ts';
import { nextOf, type StateCompiler } from './state.ts';

export const pass: StateCompiler = (name, definition) => {
  const data = dataFlow(definition);
  const next = nextOf(definition);
  return (raw, run) => {
    const frame = frameOf(run, name);
    const input = data.input(raw, frame);
    return { output: data.output(raw, definition.Result === undefined ? input : definition.Result, frame), next };
  };
};

export const succeed: StateCompiler = (name, definition) => {
  const [first, last] = [filter(definition, 'InputPath'), filter(definition, 'OutputPath')];
  return (raw, run) => {
    const frame = frameOf(run, name);
    return { output: last(first(raw, frame), frame), next: undefined };
  };
};

export const fail: StateCompiler = (name, definition) => {
  const [code, reason] = [textOr(definition, 'Error'), textOr(definition, 'Cause')];
  return (raw, run) => {
    const frame = frameOf(run, name);
    const [error, cause] = [code(raw, frame), reason(raw, frame)];
    if (typeof error !== 'string' || typeof cause !== 'string') throw runtimeError(name, 'ErrorPath and CausePath must lead to text');
    throw new StateError(error, cause);
  };
};

/** `Error` or `ErrorPath`, `Cause` or `CausePath`: neither is an empty text. */
function textOr(definition: Definition, field: 'Error' | 'Cause'): Expression {
  const path = `${field}Path`;
  if (definition[path] === undefined) {
    const text = definition[field] === undefined ? '' : textIn(definition, field);
    return () => text;
  }
  if (definition[field] !== undefined) throw new Unsupported(`only one of ${field} and ${path} can be given`);
  return expression(definition[path], path);
}
