// Which resource needs which: found in the template as CloudFormation finds it, by Ref, Fn::GetAtt, Fn::Sub, DependsOn, imports and outputs of other
// stacks.
import type { Stack } from './manifest.ts';
import { outputOf } from './outputs.ts';
import { pseudoParameters } from './pseudo.ts';

/** `stack/logicalId` */
export type Node = string;

export const nodeOf = (stack: string, logicalId: string): Node => `${stack}/${logicalId}`;

/** For every resource the resources that must exist before it. `imports` exist already. Throws on a name that does not exist, and on a cycle. */
export function dependencyGraph(stacks: readonly Stack[], imports: ReadonlyMap<string, string>): Map<Node, Set<Node>> {
  const exports = new Map(
    stacks.flatMap((stack) =>
      Object.values(stack.template.Outputs ?? {}).flatMap((output) =>
        output.Export ? [[String(output.Export.Name), { stack, value: output.Value }] as const] : [],
      ),
    ),
  );

  /** Import names that are made up by functions cannot be followed before they are resolved: CDK writes them as text. */
  const needs = (value: unknown, stack: Stack): Node[] =>
    [...references(value)].flatMap(({ kind, name, stackName = '' }) => {
      if (kind === 'output') {
        const output = outputOf(stacks, stackName, name, stack);
        return needs(output.value, output.of);
      }
      if (kind === 'import') {
        const exported = exports.get(name);
        if (!exported && imports.has(name)) return [];
        if (!exported) throw new Error(`${stack.name} imports ${name}, which no stack of the assembly exports`);
        return needs(exported.value, exported.stack);
      }
      if (pseudoParameters.has(name) || stack.template.Parameters?.[name]) return [];
      return [resourceNode(stack, name)];
    });

  const graph = new Map(
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources ?? {}).map(
        ([id, resource]) =>
          [
            nodeOf(stack.name, id),
            new Set([...needs(resource.Properties, stack), ...[resource.DependsOn ?? []].flat().map((name) => resourceNode(stack, name))]),
          ] as const,
      ),
    ),
  );
  refuseCycles(graph);
  return graph;
}

function resourceNode(stack: Stack, name: string): Node {
  if (!stack.template.Resources?.[name]) throw new Error(`${stack.name} refers to ${name}, which it does not define`);
  return nodeOf(stack.name, name);
}

interface Reference {
  readonly kind: 'resource' | 'import' | 'output';
  readonly name: string;
  /** Of the stack whose output it is. */
  readonly stackName?: string;
}

/** Every reference below a value. */
function* references(value: unknown): Generator<Reference> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) yield* references(entry);
    return;
  }
  for (const [name, argument] of Object.entries(value)) {
    if (name === 'Ref' && typeof argument === 'string') yield { kind: 'resource', name: argument };
    else if (name === 'Fn::GetAtt')
      yield { kind: 'resource', name: String(Array.isArray(argument) ? argument[0] : String(argument).split('.')[0]) };
    else if (name === 'Fn::ImportValue' && typeof argument === 'string') yield { kind: 'import', name: argument };
    else if (name === 'Fn::GetStackOutput') yield { kind: 'output', name: argument.OutputName, stackName: argument.StackName };
    else {
      if (name === 'Fn::Sub') yield* substitutions(argument);
      yield* references(argument);
    }
  }
}

function* substitutions(argument: unknown): Generator<Reference> {
  const [template, variables] = Array.isArray(argument) ? [String(argument[0]), Object(argument[1])] : [String(argument), {}];
  for (const [, name = ''] of template.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    if (!Object.hasOwn(variables, name)) yield { kind: 'resource', name: name.includes('::') ? name : (name.split('.')[0] ?? '') };
  }
}

function refuseCycles(graph: Map<Node, Set<Node>>): void {
  const done = new Set<Node>();
  const visit = (node: Node, path: readonly Node[]): void => {
    if (path.includes(node)) throw new Error(`Circular dependency: ${[...path.slice(path.indexOf(node)), node].join(' → ')}`);
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
}
