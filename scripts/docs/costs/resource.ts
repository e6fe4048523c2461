// The resources of a stage, as its templates have them.

export interface Resource {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no shape in common.
  readonly properties: Record<string, any>;
  readonly deletionPolicy: string;
}

export interface Template {
  readonly Resources?: Record<string, { readonly Type: string; readonly Properties?: object; readonly DeletionPolicy?: string }>;
}

/** @param templates by the names of their stacks */
export const resourcesOf = (templates: Readonly<Record<string, Template>>): Resource[] =>
  Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([id, { Type, Properties = {}, DeletionPolicy = 'Delete' }]) => ({
      id,
      stack,
      type: Type,
      properties: Properties,
      deletionPolicy: DeletionPolicy,
    })),
  );

export const ofType = (resources: readonly Resource[], type: string): Resource[] => resources.filter((each) => each.type === type);

/** Number of resources by a text that each has, in the order of these. */
export function counted(resources: readonly Resource[], by: (resource: Resource) => string): [string, number][] {
  const groups = Map.groupBy(resources, by);
  return [...groups].map(([name, group]): [string, number] => [name, group.length]).sort(([a], [b]) => a.localeCompare(b));
}
