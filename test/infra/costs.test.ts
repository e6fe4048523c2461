// docs/costs.md says what the templates cost, and a month without requests stays below the point at which somebody is told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../scripts/docs/costs/budget.ts';
import { costsDocument } from '../../scripts/docs/costs/document.ts';
import { fixedCosts } from '../../scripts/docs/costs/fixed.ts';
import { costedStages, measurements } from '../../scripts/docs/costs/input.ts';
import { total } from '../../scripts/docs/costs/line.ts';
import type { Resource } from '../../scripts/docs/costs/resource.ts';
import { resourcesOfStage } from './costed-resources.ts';

const stages = costedStages((stage) => ({ resources: resourcesOfStage(stage) }));
const { ownMetrics } = measurements();

test('the page is what templates, bench and prices say; otherwise run node scripts/docs/costs.ts', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8')).toBe(costsDocument({ stages, ...measurements() }));
});

/** What is left for requests before somebody is told, of a forecast or of what was spent. */
function left(resources: readonly Resource[]): number {
  const { forecastUsd, spentUsd } = budgetOf(resources);
  return Math.min(forecastUsd, spentUsd) - total(fixedCosts(resources, ownMetrics)).usd;
}

describe.each(Object.entries(stages))('%s', (_, { resources }) => {
  test('a month without requests is not told as too dear, and every price in it is known', () => {
    expect(left(resources)).toBeGreaterThan(0);
    expect(total(fixedCosts(resources, ownMetrics)).without).toEqual([]);
  });
});

test('a stage that grows beyond its budget is seen', () => {
  const { resources } = stages.minimal;
  const gateway: Resource = { id: 'Nat', stack: 'network', type: 'AWS::EC2::NatGateway', properties: {}, deletionPolicy: 'Delete' };

  expect(left([...resources, gateway, gateway])).toBeLessThan(0);
});

test.each(['FORECASTED', 'ACTUAL'])('a notice of %s that rings in an idle month is seen', (type) => {
  const early = (resource: Resource): Resource =>
    resource.type === 'AWS::Budgets::Budget'
      ? {
          ...resource,
          properties: {
            ...resource.properties,
            NotificationsWithSubscribers: [{ Notification: { NotificationType: type, Threshold: 50 } }],
          },
        }
      : resource;

  expect(left(stages.prod.resources.map(early))).toBeLessThan(0);
});

test('what stays of prod when it is deleted is in the page', () => {
  const kept = stages.prod.resources.filter(
    ({ type, deletionPolicy }) => type === 'AWS::RDS::DBInstance' && deletionPolicy === 'RetainExceptOnCreate',
  );

  expect(kept).toHaveLength(1);
  expect(costsDocument({ stages, ...measurements() })).toMatch(/- \*\*prod\*\* leaves: .*1 AWS::RDS::DBInstance \(RetainExceptOnCreate\)/);
});
