// An assembly as it is about to be created: known to be supported, in an order, with the meaning of its names.
import type { Host } from '../host.ts';
import type { Modules } from '../resources/registry.ts';
import type { Created } from '../resources/resource.ts';
import { dependencyGraph, type Node, nodeOf } from './graph.ts';
import type { Scope } from './intrinsics.ts';
import type { Assembly, Stack } from './manifest.ts';
import { refusals, UnsupportedAssembly } from './refusals.ts';
import { stackScope } from './scope.ts';

export interface Plan {
  readonly assembly: Assembly;
  readonly graph: ReadonlyMap<Node, ReadonlySet<Node>>;
  stackOf(node: Node): Stack;
  scopeOf(stack: Stack): Scope;
}

/** Throws for what cannot be hosted, before anything is touched. `created` is what names will be looked up in. */
export function planned(assembly: Assembly, modules: Modules, created: ReadonlyMap<Node, Created>, host: Host): Plan {
  const { stacks } = assembly;
  const refused = refusals(stacks, modules);
  if (refused.length > 0) throw new UnsupportedAssembly(refused, modules);
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const scopes = new Map(stacks.map((stack) => [stack, stackScope(stack, stacks, created, host)]));
  return {
    assembly,
    graph: dependencyGraph(stacks, host.imports),
    stackOf: (node) => byName.get(node.split('/')[0] ?? '') as Stack,
    scopeOf: (stack) => scopes.get(stack) as Scope,
  };
}

export interface Change {
  readonly node: Node;
  /** Empty where it is new, gone, or of another type than before. */
  readonly type: string;
}

/** Resources that a newer synthesis describes in other words. */
export function changes({ stacks: before }: Assembly, { stacks: after }: Assembly): Change[] {
  const entries = (stacks: readonly Stack[]) =>
    new Map(
      stacks.flatMap(({ name, template }) =>
        Object.entries(template.Resources ?? {}).map(([id, resource]) => [nodeOf(name, id), resource] as const),
      ),
    );
  const [old, fresh] = [entries(before), entries(after)];
  const words = (resource: ReturnType<typeof fresh.get>) => JSON.stringify([resource?.Type, resource?.Condition, resource?.Properties]);
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((node) => words(old.get(node)) !== words(fresh.get(node)))
    .map((node) => ({ node, type: old.get(node)?.Type === fresh.get(node)?.Type ? (fresh.get(node)?.Type ?? '') : '' }));
}
