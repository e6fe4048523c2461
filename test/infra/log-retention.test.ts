// No log is kept for ever, and every function writes into a group that the stack has made.
import type { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { configOf, type Stage } from '../../lib/config.ts';
import { synthesized } from './stage.ts';

type Resources = Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;

/** Retention that CDK chooses for a function of its own is a group, too: nothing is left to what AWS makes by itself, which stays for ever. */
function keptForEver(resources: Resources): string[] {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type === 'AWS::Logs::LogGroup') return Properties.RetentionInDays ? [] : [id];
    if (Type === 'AWS::Lambda::Function') return (Properties.LoggingConfig as { LogGroup?: unknown } | undefined)?.LogGroup ? [] : [id];
    return [];
  });
}

const resourcesOf = (template: Template) => template.toJSON().Resources as Resources;

test.each<Stage>(['dev', 'prod', 'minimal', 'localstack'])('in the stage %s every log is forgotten some day', (stage) => {
  for (const [stack, template] of Object.entries(synthesized(stage))) expect(keptForEver(resourcesOf(template)), stack).toEqual([]);
});

test('functions are forgotten when the stage says', () => {
  const groups = Object.values(synthesized('prod').systems?.findResources('AWS::Logs::LogGroup') ?? {});
  expect(groups.length).toBeGreaterThan(15);
  const days = configOf('prod').functions.logRetentionDays;
  expect(groups.filter(({ Properties }) => Properties.RetentionInDays !== days)).toEqual([]);
});

test('a group without retention, or a function that lets AWS make its group, would be found', () => {
  expect(
    keptForEver({
      Group: { Type: 'AWS::Logs::LogGroup' },
      Function: { Type: 'AWS::Lambda::Function', Properties: { Timeout: 3 } },
      Fine: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 7 } },
    }),
  ).toEqual(['Group', 'Function']);
});
