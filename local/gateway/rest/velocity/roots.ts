// What a reference may begin with: `$input`, `$util`, `$context`, `$stageVariables`.
import { reader } from '../variables.ts';
import type { Expression, PathPart } from './ast.ts';
import type { Compilation, Evaluate } from './compilation.ts';
import { jsonPath } from './json-path.ts';
import { UTIL } from './util.ts';
import { textOf } from './values.ts';

export interface Root {
  readonly evaluate: Evaluate;
  /** How many parts of the path it has used up. */
  readonly taken: number;
}

/** Undefined where there is no such thing, here as below. */
export function compileInput([first]: readonly PathPart[], compilation: Compilation): Root | undefined {
  if (first?.type === 'property' && first.id === 'body') return { taken: 1, evaluate: ({ input }) => input.body() };
  if (first?.type !== 'method') return undefined;
  const [argument, ...more] = first.args || [];
  if (more.length > 0) return undefined;
  if (first.id === 'params') return { taken: 1, evaluate: compileParams(argument, compilation) };
  const read = argument?.type === 'string' ? jsonPath(argument.value) : undefined;
  if (!read) return undefined;
  if (first.id === 'path') return { taken: 1, evaluate: ({ input }) => read(input.json()) };
  // What is not there is an empty text, in quotes.
  if (first.id === 'json') return { taken: 1, evaluate: ({ input }) => JSON.stringify(read(input.json()) ?? '') };
  return undefined;
}

function compileParams(argument: Expression | undefined, compilation: Compilation): Evaluate {
  if (!argument) return ({ input }) => input.params();
  const name = compilation.expression(argument);
  return (scope) => scope.input.param(textOf(name(scope)));
}

export function compileUtil([first]: readonly PathPart[], compilation: Compilation): Root | undefined {
  const work = first?.type === 'method' && Object.hasOwn(UTIL, first.id) ? UTIL[first.id] : undefined;
  const [argument, ...more] = (first?.type === 'method' && first.args) || [];
  if (!work || !argument || more.length > 0) return undefined;
  const evaluate = compilation.expression(argument);
  return { taken: 1, evaluate: (scope) => work(evaluate(scope)) };
}

/** The names of `variables.ts`, but for those of errors, which exist in gateway responses only; and the override. */
export function compileContext(path: readonly PathPart[]): Root | undefined {
  const [first, second, third] = path.map((part) => (part.type === 'property' ? part.id : undefined));
  if (first === 'responseOverride') {
    if (second === 'status') return { taken: 2, evaluate: ({ override }) => override.status };
    return second === 'header' && third !== undefined ? { taken: 3, evaluate: ({ override }) => override.header.get(third) } : undefined;
  }
  if (first === 'error') return undefined;
  const one = reader(`context.${first}`);
  if (one) return { taken: 1, evaluate: ({ known }) => one(known) };
  const two = reader(`context.${first}.${second}`);
  return two && { taken: 2, evaluate: ({ known }) => two(known) };
}

export function compileStageVariable([first]: readonly PathPart[]): Root | undefined {
  const name = first?.type === 'property' ? first.id : first?.type === 'index' && first.id.type === 'string' ? first.id.value : undefined;
  return name === undefined ? undefined : { taken: 1, evaluate: ({ known }) => known.context.stage.variables?.[name] };
}
