// Creates an assembly's resources in dependency order, independent ones at the same time, and stops them in reverse.
import type { Host } from '../host.ts';
import { type Modules, moduleFor } from '../resources/registry.ts';
import type { Created, Resource } from '../resources/resource.ts';
import { dependencyGraph, type Node, nodeOf } from './graph.ts';
import { resolve } from './intrinsics.ts';
import type { Assembly, Stack } from './manifest.ts';
import { refusals, refusalsOf, UnsupportedAssembly } from './refusals.ts';
import { stackScope } from './scope.ts';

export interface Deployment {
  /** What the resource became; undefined where its condition is false. */
  created(stack: string, logicalId: string): Created | undefined;
  output(stack: string, name: string): unknown;
  /** Every output of every stack, resolved: `stack.output` → value. */
  outputs(): Record<string, unknown>;
  /**
   * Takes over a newer synthesis of the same app: functions and custom resources that changed are created again and the old ones stopped when
   * they have finished. Gives what else changed, as `stack/logicalId`: that needs a restart.
   */
  update(newer: Assembly): Promise<{ readonly replaced: readonly Node[]; readonly needsRestart: readonly Node[] }>;
  stop(): Promise<void>;
}

export async function deploy(modules: Modules, host: Host): Promise<Deployment> {
  let { stacks } = host.assembly;
  const refused = refusals(stacks, modules);
  if (refused.length > 0) throw new UnsupportedAssembly(refused, modules);
  const graph = dependencyGraph(stacks);
  const created = new Map<Node, Created>();
  const order: Created[] = [];
  const scopes = new Map(stacks.map((stack) => [stack.name, stackScope(stack, stacks, created, host)]));
  const scopeOf = (stack: Stack) => scopes.get(stack.name) as NonNullable<ReturnType<typeof scopes.get>>;
  const pending = new Map<Node, Promise<void>>();
  let failed = false;

  async function createOne(stack: Stack, logicalId: string): Promise<void> {
    await Promise.all([...(graph.get(nodeOf(stack.name, logicalId)) ?? [])].map((node) => creation(node)));
    const template = stack.template.Resources?.[logicalId];
    if (!template || failed || (template.Condition && !scopeOf(stack).condition(template.Condition))) return;
    const resource: Resource = {
      stack: stack.name,
      logicalId,
      type: template.Type,
      properties: resolve(template.Properties ?? {}, scopeOf(stack)) as Resource['properties'],
      metadata: template.Metadata ?? {},
    };
    const refusedHere = refusalsOf(resource, modules);
    if (refusedHere.length > 0) throw new UnsupportedAssembly(refusedHere, modules);
    const result = await (moduleFor(template.Type, modules) as NonNullable<ReturnType<typeof moduleFor>>)
      .create(resource, host)
      .catch((cause: Error) => {
        throw cause instanceof UnsupportedAssembly
          ? cause
          : new Error(`${logicalId} in stack ${stack.name} (${template.Type}): ${cause.message}`, { cause });
      });
    created.set(nodeOf(stack.name, logicalId), result);
    order.push(result);
  }

  function creation(node: Node): Promise<void> {
    const known = pending.get(node);
    if (known) return known;
    const [stackName, logicalId = ''] = node.split('/');
    const stack = stacks.find(({ name }) => name === stackName) as Stack;
    const promise = createOne(stack, logicalId).catch((error: unknown) => {
      failed = true;
      throw error;
    });
    pending.set(node, promise);
    return promise;
  }

  async function stop(): Promise<void> {
    for (const resource of order.splice(0).reverse()) await resource.stop?.();
  }

  async function update(assembly: Assembly) {
    const newer = assembly.stacks;
    const changed = changedResources(stacks, newer);
    const needsRestart = changed.filter(({ type }) => !isReplaceable(type)).map(({ node }) => node);
    if (needsRestart.length > 0) return { replaced: [], needsRestart };
    stacks = newer;
    host.assembly = assembly;
    for (const stack of newer) scopes.set(stack.name, stackScope(stack, newer, created, host));
    const old = changed.map(({ node }) => created.get(node));
    for (const { node } of changed) pending.delete(node);
    await Promise.all(changed.map(({ node }) => creation(node)));
    await Promise.all(old.map((resource) => resource?.stop?.()));
    return { replaced: changed.map(({ node }) => node), needsRestart };
  }

  const results = await Promise.allSettled([...graph.keys()].map(creation));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }

  const outputOf = (stack: Stack, name: string) => resolve(stack.template.Outputs?.[name]?.Value, scopeOf(stack));
  return {
    created: (stack, logicalId) => created.get(nodeOf(stack, logicalId)),
    output: (stackName, name) => outputOf(stacks.find((stack) => stack.name === stackName) as Stack, name),
    outputs: () =>
      Object.fromEntries(
        stacks.flatMap((stack) =>
          Object.keys(stack.template.Outputs ?? {}).map((name) => [`${stack.name}.${name}`, outputOf(stack, name)] as const),
        ),
      ),
    update,
    stop,
  };
}

/** What can be created again while others keep using it: they find it by its name, which stays. */
const isReplaceable = (type: string): boolean => type === 'AWS::Lambda::Function' || type.startsWith('Custom::');

function changedResources(before: readonly Stack[], after: readonly Stack[]): { node: Node; type: string }[] {
  const entries = (stacks: readonly Stack[]) =>
    new Map(
      stacks.flatMap(({ name, template }) =>
        Object.entries(template.Resources ?? {}).map(([id, resource]) => [nodeOf(name, id), resource] as const),
      ),
    );
  const [old, fresh] = [entries(before), entries(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((node) => JSON.stringify(old.get(node)?.Properties) !== JSON.stringify(fresh.get(node)?.Properties))
    .map((node) => ({ node, type: old.has(node) && fresh.has(node) ? (fresh.get(node)?.Type ?? '') : '' }));
}
