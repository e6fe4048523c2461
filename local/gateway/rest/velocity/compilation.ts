// What the parts of a template's compiler share; each makes functions of the scope.
import type { Expression, Node } from './ast.ts';
import type { Scope } from './scope.ts';
import type { Value } from './values.ts';

export type Evaluate = (scope: Scope) => Value;
export type Render = (scope: Scope) => string;

export interface Compilation {
  /** What the template has set so far: a reference to anything else is refused. */
  readonly named: Set<string>;
  /** Takes a sentence for what cannot be honoured; compiling goes on, to find all of it. */
  refuse(sentence: string): void;
  expression(expression: Expression): Evaluate;
  nodes(nodes: readonly Node[]): Render;
}
