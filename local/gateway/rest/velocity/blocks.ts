// Text, output and directives: a list of nodes as one function of the scope.

import { compileAssignment } from './assignment.ts';
import { type Block, type Directive, isBlock, type Node } from './ast.ts';
import type { Compilation, Render } from './compilation.ts';
import { compileOutput } from './references.ts';
import { isMap, isTrue } from './values.ts';

export function compileNodes(nodes: readonly Node[], compilation: Compilation): Render {
  const parts = nodes.map((node) => compileNode(node, compilation));
  return (scope) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(scope);
    return text;
  };
}

function compileNode(node: Node, compilation: Compilation): Render | string {
  if (typeof node === 'string') return node;
  if (isBlock(node)) return compileBlock(node, compilation);
  switch (node.type) {
    case 'references':
      return compileOutput(node, compilation) as Render;
    case 'set':
      return compileAssignment(node.equal, compilation);
    case 'raw':
      return node.value;
    case 'comment':
      return '';
    default:
      return refused(node, compilation);
  }
}

function compileBlock(block: Block, compilation: Compilation): Render | string {
  const [directive, ...body] = block;
  if (directive.type === 'if') return compileIf(block, compilation);
  if (directive.type === 'foreach') return compileForeach(directive, body, compilation);
  return refused(directive, compilation);
}

/** The parser leaves `#elseif` and `#else` among the nodes of the block. */
function compileIf(block: Block, compilation: Compilation): Render {
  const branches: { readonly directive: Directive; readonly body: Node[] }[] = [];
  for (const node of block) {
    if (typeof node === 'object' && !isBlock(node) && (node.type === 'if' || node.type === 'elseif' || node.type === 'else')) {
      branches.push({ directive: node, body: [] });
    } else branches.at(-1)?.body.push(node);
  }
  const compiled = branches.map(({ directive, body }) => ({
    applies: 'condition' in directive ? compilation.expression(directive.condition) : () => true,
    render: compilation.nodes(body),
  }));
  return (scope) => compiled.find(({ applies }) => isTrue(applies(scope)))?.render(scope) ?? '';
}

function compileForeach({ to, from }: Extract<Directive, { type: 'foreach' }>, body: readonly Node[], compilation: Compilation): Render {
  const evaluate = compilation.expression(from);
  const around = { foreach: compilation.named.has(LOOP) };
  compilation.named.add(to).add(LOOP);
  const render = compilation.nodes(body);
  if (!around.foreach) compilation.named.delete(LOOP);
  return (scope) => {
    const value = evaluate(scope);
    const items = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : [];
    const outer = scope.variables.get(LOOP);
    let text = '';
    for (const [index, item] of items.entries()) {
      scope.variables.set(to, item).set(LOOP, { index, count: index + 1, hasNext: index + 1 < items.length });
      text += render(scope);
    }
    scope.variables.set(LOOP, outer);
    return text;
  };
}

/** `$foreach.hasNext`, `.index` and `.count`. */
const LOOP = 'foreach';

function refused(node: Directive, compilation: Compilation): string {
  const name = 'id' in node && node.type === 'macro_call' ? node.id : node.type;
  compilation.refuse(`the directive \`#${name}\`: supported are #set, #if, #elseif, #else, #end and #foreach.`);
  return '';
}
