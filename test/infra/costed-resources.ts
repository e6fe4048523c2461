// The resources of a stage, as docs/costs.md counts them.
import type { Stage } from '../../lib/config.ts';
import { type Resource, resourcesOf } from '../../scripts/docs/costs/resource.ts';
import { synthesized } from './stage.ts';

export const resourcesOfStage = (stage: Stage): Resource[] =>
  resourcesOf(Object.fromEntries(Object.entries(synthesized(stage)).map(([name, template]) => [name, template.toJSON()])));
