// In which zones a stage stands: as few as it needs, and those that are named for it.
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type Config, configOf, type Stage } from '../../lib/config.ts';
import { NetworkStack } from '../../lib/stacks/network.ts';
import { testApp } from './stage.ts';

function zonesOf(config: Config): unknown[] {
  if (config.data.kind !== 'managed') throw new Error(`The stage ${config.stage} has no network`);
  const subnets = Template.fromStack(new NetworkStack(testApp(), 'network', config, config.data)).findResources('AWS::EC2::Subnet');
  return [...new Set(Object.values(subnets).map(({ Properties }) => JSON.stringify(Properties.AvailabilityZone)))].map((zone) =>
    JSON.parse(zone),
  );
}

const named = (stage: Stage, zones: string) => configOf(stage, undefined, {}, zones);

test.each([
  ['dev', 2],
  ['minimal', 2],
  ['local', 2],
  ['prod', 3],
] as const)('the stage %s stands in the first %d zones of its region', (stage, count) => {
  const expected = Array.from({ length: count }, (_, index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] }));
  expect(zonesOf(configOf(stage))).toEqual(expected);
});

test('it stands in others where they are named', () => {
  expect(zonesOf(named('dev', 'us-east-1b,us-east-1d'))).toEqual(['us-east-1b', 'us-east-1d']);
  expect(zonesOf(named('prod', 'us-east-1b,us-east-1d,us-east-1f'))).toEqual(['us-east-1b', 'us-east-1d', 'us-east-1f']);
});

test.each(['us-east-1a', 'us-east-1a,us-east-1a,us-east-1b', 'us-east-1a,us-east-1b,', 'us-east-1a,us-east-1b,us-east-1c,us-east-1d'])(
  'prod does not stand in %s',
  (zones) => {
    expect(() => named('prod', zones)).toThrow(/^The stage prod needs 3 different zones, and these are \d: us-east-1a/);
  },
);

test('a stage without a network takes no zones', () => {
  expect(() => named('localstack', 'us-east-1a,us-east-1b')).toThrow('The stage localstack has no network: it takes no zones');
});
