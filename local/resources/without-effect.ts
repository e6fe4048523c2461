// Resources that other resources point at and that do nothing by themselves here.
import { physicalName } from './physical-name.ts';
import type { ResourceModule } from './resource.ts';

/** Every property in `ignores` needs its reason; `nameProperty` is the one that `Ref` gives where the template has it. */
export function withoutEffect(type: string, ignores: Readonly<Record<string, string>>, nameProperty = ''): ResourceModule {
  return {
    type,
    honours: nameProperty ? [nameProperty] : [],
    ignores,
    create: async (resource) => ({ ref: String(resource.properties[nameProperty] ?? physicalName(resource, 63)) }),
  };
}
