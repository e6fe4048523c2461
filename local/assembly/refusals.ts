// Everything that the host cannot honour, found before anything is started.
import { type Modules, moduleFor } from '../resources/registry.ts';
import type { Resource } from '../resources/resource.ts';
import type { Stack } from './manifest.ts';

/** The assembly asks for what this host does not do; the message lists every case with its stack and the way out. */
export class UnsupportedAssembly extends Error {
  override readonly name = 'UnsupportedAssembly';
  readonly refusals: readonly string[];

  constructor(refusals: readonly string[], modules: Modules) {
    super(
      [
        'This assembly cannot be hosted on one machine:',
        ...refusals.map((refusal) => `  - ${refusal}`),
        `Supported resource types: ${[...modules.keys()].sort().join(', ')}.`,
        'A new type is one file in local/resources; a type without effect here is one line in local/resources/knownDifferences.ts.',
      ].join('\n'),
    );
    this.refusals = refusals;
  }
}

/** Types without a module and properties that a module does not know; by name only, so unresolved templates will do. */
export function refusals(stacks: readonly Stack[], modules: Modules): string[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Type: type, Properties: properties = {} }]) => {
      const place = `${logicalId} in stack ${stack.name}`;
      const module = moduleFor(type, modules);
      if (!module) return [`${place}: resource type ${type} has no module here`];
      if ('*' in module.ignores || module.honours.includes('*')) return [];
      return Object.keys(properties)
        .filter((name) => !module.honours.includes(name) && !(name in module.ignores))
        .map((name) => `${place}: property ${name} of ${type} is not supported. Honoured: ${module.honours.join(', ') || 'none'}`);
    }),
  );
}

/** What a module itself refuses of a resource whose properties are resolved. */
export const refusalsOf = (resource: Resource, modules: Modules): string[] =>
  (moduleFor(resource.type, modules)?.refuses?.(resource) ?? []).map(
    (refusal) => `${resource.logicalId} in stack ${resource.stack}: ${refusal}`,
  );
