// Private subnets in three zones, and exactly the ways that are needed between the tiers.
import type { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { stackOf } from './stage.ts';

let template: Template;

beforeAll(() => {
  template = stackOf('prod', 'network');
});

test('functions reach every tier on its port, each tier reaches itself where it must, and nothing else reaches anything', () => {
  expect(rules('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId')).toEqual([
    'Cache from Functions: 6379',
    'Database from Database: 3306',
    'Database from Functions: 3306',
    'Kafka from Functions: 9098',
    'Kafka from Kafka: 9098',
  ]);
  expect(rules('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId')).toEqual(['Database from Database: 3306']);
  for (const { Properties } of Object.values(template.findResources('AWS::EC2::SecurityGroup')))
    expect(Properties.SecurityGroupIngress).toBeUndefined();
});

test('three zones, each with a public subnet, one for functions and one for data', () => {
  const subnets = Object.values(template.findResources('AWS::EC2::Subnet')).map(({ Properties }) => ({
    zone: Properties.AvailabilityZone['Fn::Select'][0],
    kind: Properties.Tags.find(({ Key }: { Key: string }) => Key === 'aws-cdk:subnet-name').Value,
    public: Properties.MapPublicIpOnLaunch,
  }));
  const each = (kind: string, isPublic: boolean) => [0, 1, 2].map((zone) => ({ zone, kind, public: isPublic }));
  expect(subnets).toEqual(expect.arrayContaining([...each('public', true), ...each('functions', false), ...each('data', false)]));
  expect(subnets).toHaveLength(9);
});

test('data has no way out, functions have', () => {
  const routes = Object.values(template.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties.RouteTableId.Ref as string);
  expect(routes.filter((table) => table.includes('data'))).toEqual([]);
  expect(routes.filter((table) => table.includes('functions'))).toHaveLength(3);
});

/** `Group from Other: port` of every rule, sorted. */
function rules(type: string, other: string): string[] {
  const nameOf = (id: string) =>
    template.findResources('AWS::EC2::SecurityGroup')[id]?.Properties.GroupDescription.replace('Lambda functions', 'Functions');
  return Object.values(template.findResources(type))
    .map(({ Properties: rule }) => {
      expect([rule.IpProtocol, rule.FromPort]).toEqual(['tcp', rule.ToPort]);
      return `${nameOf(rule.GroupId['Fn::GetAtt'][0])} from ${nameOf(rule[other]['Fn::GetAtt'][0])}: ${rule.FromPort}`;
    })
    .sort();
}
