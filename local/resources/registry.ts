// The support matrix: every file of this folder that exports a `module` is a resource type that the host creates.
import { readdir } from 'node:fs/promises';
import { knownDifferences } from './knownDifferences.ts';
import type { ResourceModule } from './resource.ts';

export type Modules = ReadonlyMap<string, ResourceModule>;

export async function loadModules(): Promise<Modules> {
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.ts'));
  const loaded = await Promise.all(
    files.map((file) => import(new URL(file, import.meta.url).href) as Promise<{ module?: ResourceModule }>),
  );
  return new Map(loaded.flatMap(({ module }) => (module ? [[module.type, module] as const] : [])));
}

/** The module for a type: its own, the generic one of custom resources, or one that only makes names for a type knowingly without effect. */
export function moduleFor(type: string, modules: Modules): ResourceModule | undefined {
  const generic = type.startsWith('Custom::') ? modules.get('AWS::CloudFormation::CustomResource') : undefined;
  return modules.get(type) ?? generic ?? knownDifferences.get(type);
}
