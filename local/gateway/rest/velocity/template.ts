// A mapping template: parsed and checked once at load, rendered for each request.
import { syntaxTree } from './ast.ts';
import { compileNodes } from './blocks.ts';
import type { Compilation, Render } from './compilation.ts';
import { compileExpression } from './expressions.ts';

export interface CompiledTemplate {
  readonly render: Render;
  /** What it uses and may not; empty for a template that can be rendered. */
  readonly refusals: readonly string[];
}

export function compileTemplate(source: string): CompiledTemplate {
  const refusals = new Set<string>();
  const compilation: Compilation = {
    named: new Set(),
    refuse: (sentence) => refusals.add(sentence),
    expression: (expression) => compileExpression(expression, compilation),
    nodes: (nodes) => compileNodes(nodes, compilation),
  };
  try {
    return { render: compilation.nodes(syntaxTree(source)), refusals: [...refusals] };
  } catch (error) {
    return { render: () => '', refusals: [`it is no Velocity: ${(error as Error).message}`] };
  }
}
