// What the page is made of.
import type { Measured } from './measured.ts';
import type { Resource } from './resource.ts';

export interface StageInput {
  readonly resources: readonly Resource[];
}

export interface CostsInput {
  /** Stages that are deployed to AWS. */
  readonly stages: Readonly<Record<'dev' | 'prod' | 'minimal', StageInput>>;
  readonly measured: Measured;
  /** Metrics that functions write. */
  readonly ownMetrics: readonly string[];
}
