// Velocity's syntax tree as velocityjs's parser gives it: the part that is read here.
import { parse } from 'velocityjs';

export interface Reference {
  readonly type: 'references';
  readonly id: string;
  /** `$!` renders nothing where there is no value. */
  readonly leader: '$' | '$!';
  readonly path?: readonly PathPart[];
  readonly args?: unknown;
}

export type PathPart =
  | { readonly type: 'property'; readonly id: string }
  | { readonly type: 'index'; readonly id: Expression }
  /** The parser writes `false` for no arguments. */
  | { readonly type: 'method'; readonly id: string; readonly args?: readonly Expression[] | false };

export interface TextLiteral {
  readonly type: 'string';
  readonly value: string;
  /** In double quotes: references inside are replaced. */
  readonly isEval?: boolean;
}

export type Expression =
  | Reference
  | TextLiteral
  | { readonly type: 'integer' | 'decimal'; readonly value: string | number }
  | { readonly type: 'bool'; readonly value: string }
  | { readonly type: 'array'; readonly value: readonly Expression[]; readonly isRange?: boolean }
  | { readonly type: 'map'; readonly value?: Readonly<Record<string, Expression>> }
  | { readonly type: 'math'; readonly operator: string; readonly expression: readonly Expression[] };

export type Directive =
  | { readonly type: 'set'; readonly equal: readonly [Reference, Expression] }
  | { readonly type: 'if' | 'elseif'; readonly condition: Expression }
  | { readonly type: 'foreach'; readonly to: string; readonly from: Expression }
  | { readonly type: 'raw'; readonly value: string }
  | { readonly type: 'comment' | 'else' | 'end' | 'break' }
  | { readonly type: 'macro_call' | 'macro' | 'macro_body' | 'define' | 'noescape'; readonly id?: string };

/** A block (`#if … #end`) is a list whose first node is its directive. */
export type Node = string | Reference | Directive | Block;
export type Block = readonly [Directive, ...Node[]];

export const isBlock = (node: Node): node is Block => Array.isArray(node);

const END = 'endOfTemplate';

/**
 * Throws a sentence where the text is no Velocity. An assignment is put behind it and must come out last and on the top level: the parser
 * itself takes an `#if` without its `#end`, and drops what follows an `#end` too many.
 */
export function syntaxTree(source: string): readonly Node[] {
  const nodes = (parse(`${source}\n#set($${END} = 1)`) as unknown as Node[]).slice();
  const last = nodes.pop();
  const text = nodes.at(-1);
  if (typeof text === 'string' && text.endsWith('\n')) nodes[nodes.length - 1] = text.slice(0, -1);
  const complete = typeof last === 'object' && !isBlock(last) && last.type === 'set' && last.equal[0].id === END;
  if (!complete || JSON.stringify(nodes).includes(END)) {
    throw new Error('each #if and #foreach needs one #end.');
  }
  return nodes;
}
