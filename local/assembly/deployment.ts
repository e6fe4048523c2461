// Creates an assembly's resources in dependency order, independent ones at the same time, and stops them in reverse.
import type { Host } from '../host.ts';
import { type Modules, moduleFor } from '../resources/registry.ts';
import type { Created, Resource } from '../resources/resource.ts';
import { type Node, nodeOf } from './graph.ts';
import { resolve } from './intrinsics.ts';
import type { Assembly, Stack } from './manifest.ts';
import { changes, type Plan, planned } from './plan.ts';
import { refusalsOf, UnsupportedAssembly } from './refusals.ts';

export interface Deployment {
  /** What the resource became; undefined where its condition is false. */
  created(stack: string, logicalId: string): Created | undefined;
  output(stack: string, name: string): unknown;
  /** Every output of every stack, resolved: `stack.output` → value. */
  outputs(): Record<string, unknown>;
  /**
   * Takes over a newer synthesis of the same app: functions, state machines and custom resources that changed are created again, and the old
   * ones finish what they are at. Anything else that changed needs a restart; then nothing is taken over, and its names are given. Rejects
   * where a creation fails: what needs it stays as it is, and the next update tries again.
   */
  update(newer: Assembly): Promise<{ readonly replaced: readonly Node[]; readonly needsRestart: readonly Node[] }>;
  stop(): Promise<void>;
}

export async function deploy(modules: Modules, host: Host): Promise<Deployment> {
  const created = new Map<Node, Created>();
  /** In order of creation; what was replaced stays until it has finished. */
  const running = new Set<Created>();
  let plan = planned(host.assembly, modules, created, host);

  async function createOne(node: Node, { stackOf, scopeOf }: Plan): Promise<void> {
    const stack = stackOf(node);
    const logicalId = node.slice(stack.name.length + 1);
    const template = stack.template.Resources?.[logicalId];
    if (!template || (template.Condition && !scopeOf(stack).condition(template.Condition))) return;
    const resource: Resource = {
      stack: stack.name,
      logicalId,
      type: template.Type,
      properties: resolve(template.Properties ?? {}, scopeOf(stack)) as Resource['properties'],
      metadata: template.Metadata ?? {},
    };
    const refused = refusalsOf(resource, modules);
    if (refused.length > 0) throw new UnsupportedAssembly(refused, modules);
    const result = await (moduleFor(template.Type, modules) as NonNullable<ReturnType<typeof moduleFor>>)
      .create(resource, host)
      .catch((cause: Error) => {
        throw cause instanceof UnsupportedAssembly
          ? cause
          : new Error(`${logicalId} in stack ${stack.name} (${template.Type}): ${cause.message}`, { cause });
      });
    created.set(node, result);
    running.add(result);
  }

  /** Each after those that it needs. Once one has failed nothing more is begun; rejects when what was begun has ended. */
  async function create(nodes: Iterable<Node>, next: Plan): Promise<void> {
    const wanted = new Set(nodes);
    const pending = new Map<Node, Promise<void>>();
    let failed = false;
    const creation = (node: Node): Promise<void> => {
      const known = pending.get(node);
      if (known) return known;
      const promise = Promise.all([...(next.graph.get(node) ?? [])].map(creation))
        .then(() => (wanted.has(node) && !failed ? createOne(node, next) : undefined))
        .catch((error: unknown) => {
          failed = true;
          throw error;
        });
      pending.set(node, promise);
      return promise;
    };
    const results = await Promise.allSettled([...wanted].map(creation));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
    await Promise.all([...wanted].map((node) => created.get(node)?.deployed?.()));
  }

  async function stop(): Promise<void> {
    for (const resource of [...running].reverse()) await resource.stop?.();
    running.clear();
  }

  async function retire(resource: Created): Promise<void> {
    await (resource.retire ?? resource.stop)?.();
    running.delete(resource);
  }

  async function update(assembly: Assembly) {
    const next = planned(assembly, modules, created, host);
    const changed = changes(plan.assembly, assembly);
    const needsRestart = changed.filter(({ type }) => !isReplaceable(type)).map(({ node }) => node);
    if (needsRestart.length > 0) return { replaced: [], needsRestart };
    const before = new Map(changed.map(({ node }) => [node, created.get(node)]));
    host.assembly = assembly;
    try {
      await create(before.keys(), next);
      plan = next;
    } finally {
      host.assembly = plan.assembly;
      for (const [node, old] of before)
        if (old && old !== created.get(node))
          retire(old).catch((error: unknown) => host.log('error', 'host', `the old ${node} did not end: ${error}`));
    }
    return { replaced: [...before.keys()], needsRestart };
  }

  await create(plan.graph.keys(), plan).catch(async (error: unknown) => {
    await stop();
    throw error;
  });

  const outputOf = (stack: Stack, name: string) => resolve(stack.template.Outputs?.[name]?.Value, plan.scopeOf(stack));
  return {
    created: (stack, logicalId) => created.get(nodeOf(stack, logicalId)),
    output: (stackName, name) => outputOf(plan.stackOf(nodeOf(stackName, name)), name),
    outputs: () =>
      Object.fromEntries(
        plan.assembly.stacks.flatMap((stack) =>
          Object.keys(stack.template.Outputs ?? {}).map((name) => [`${stack.name}.${name}`, outputOf(stack, name)] as const),
        ),
      ),
    update,
    stop,
  };
}

/** What can be created again while others keep using it: they find it by its name, which stays. */
const isReplaceable = (type: string): boolean =>
  type === 'AWS::Lambda::Function' || type === 'AWS::StepFunctions::StateMachine' || type.startsWith('Custom::');
