// What the page is made of besides templates: the bench, and the metrics that functions write.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measured } from './measured.ts';
import type { CostsInput } from './stage.ts';

const root = join(import.meta.dirname, '../../..');

/** Stages that are deployed to AWS. */
export const costedStages = <Input>(input: (stage: 'dev' | 'prod' | 'minimal') => Input) => ({
  dev: input('dev'),
  prod: input('prod'),
  minimal: input('minimal'),
});

export const measurements = (): Omit<CostsInput, 'stages'> => ({
  measured: measured(readFileSync(join(root, 'bench/results.md'), 'utf8')),
  ownMetrics: globSync('functions/**/*.ts', { cwd: root }).flatMap((file) => metricsIn(readFileSync(join(root, file), 'utf8'))),
});

/** Names in calls of `addMetric`, and in those of `durations(service, name)`. */
export const metricsIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:addMetric\(|durations\('\w+', )'(\w+)'/g)].flatMap(([, name]) => name ?? []);
