// What a state's compiler gets and what all states have in common.
import { type Definition, onlyOneOf, textIn, Unsupported } from './definition.ts';
import type { Flow, State } from './flow.ts';

/** Makes a state once, when the machine is loaded; throws `Unsupported`. `branch` compiles the states of a branch. */
export type StateCompiler = (name: string, definition: Definition, branch: (definition: Definition) => Flow) => State;

/** Undefined for `End`. */
export function nextOf(definition: Definition): string | undefined {
  if (onlyOneOf(definition, ['Next', 'End']) === 'Next') return textIn(definition, 'Next');
  if (definition.End !== true) throw new Unsupported('End must be true');
  return undefined;
}
