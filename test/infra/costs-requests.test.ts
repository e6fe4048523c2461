// What docs/costs.md asks for that is not in a template alone: bodies on their way in, what an idle stage writes, and how many functions are released.
import { expect, test } from 'vitest';
import { canaryComparison } from '../../scripts/docs/costs/comparisons/functions.ts';
import { fixedCosts } from '../../scripts/docs/costs/fixed.ts';
import { costedStages, measurements } from '../../scripts/docs/costs/input.ts';
import { arithmetic, type Line, usdOf } from '../../scripts/docs/costs/line.ts';
import { messages } from '../../scripts/docs/costs/messages.ts';
import { placeOf } from '../../scripts/docs/costs/place.ts';
import { ofType, resourcesOf } from '../../scripts/docs/costs/resource.ts';
import { find, pictures } from '../../scripts/docs/costs/systems.ts';
import { synthesized } from './stage.ts';

const stages = costedStages((stage) =>
  resourcesOf(Object.fromEntries(Object.entries(synthesized(stage)).map(([name, template]) => [name, template.toJSON()]))),
);
const { measured, ownMetrics } = measurements();
const place = placeOf(stages.prod);
const uploads = (lines: readonly Line[]) => lines.filter(({ what }) => what === 'requests to the origin');

test('a million pictures are as many bytes on their way in as the bench sends, with their headers; what is only asked for is none', () => {
  const [upload] = uploads(pictures(place, measured, 'sqs').lines);

  expect(upload && usdOf(upload)).toBeCloseTo((measured.pictureBody * 1_000 + 1) * 0.02);
  expect(uploads(messages(place, measured, 1, { title: '', batch: 1 }).lines).map(arithmetic)).toEqual(['1.12 GB × 0.02 USD/GB']);
  expect(uploads(find(place, measured).lines)).toEqual([]);
});

test('a release is a run for each function that has a deployment group', () => {
  const groups = ofType(stages.prod, 'AWS::CodeDeploy::DeploymentGroup').length;

  expect(groups).toBeGreaterThan(10);
  expect(canaryComparison(place).join('\n')).toContain(`${groups} × 2 × 1 s × 0.5 GB`);
});

test('logs of brokers and of refused connections, and snapshots of the cache, are in the fixed costs of stages that have them', () => {
  const texts = Object.values(stages).map((resources) =>
    fixedCosts(resources, ownMetrics).flatMap((line) => (/brokers$|flow logs|snapshots/.test(line.what) ? [line.what] : [])),
  );

  expect(texts).toEqual([
    ['storage of the brokers', 'logs of the brokers'],
    ['its snapshots, when it is full', 'storage of the brokers', 'logs of the brokers', 'flow logs'],
    [],
  ]);
});
