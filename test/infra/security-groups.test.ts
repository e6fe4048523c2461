// Exactly the ways that are needed between the tiers, over all stacks of every stage on AWS, and who stands in which tier.
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnSecurityGroup, Peer, Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { standing, ways } from './security-groups.ts';
import { synthesized, testApp } from './stage.ts';

const toBrokers = ['Kafka → Kafka: tcp 9098', 'Lambda functions → Kafka: tcp 9098'];
const tiers = [
  'Database → Database: tcp 3306',
  'Lambda functions → Cache: tcp 6379',
  'Lambda functions → Database: tcp 3306',
  ...toBrokers,
];
const deadLetters = 'Kafka → Endpoint of sqs: tcp 443';
const out = 'Lambda functions → 0.0.0.0/0: tcp 443';
const NAT = 'Security Group for NAT instances';

const members = [
  'AWS::ElastiCache::ReplicationGroup in Cache',
  'AWS::Lambda::Function in Lambda functions',
  // CDK's own, which brings the pages to their bucket.
  'AWS::Lambda::Function in none',
  'AWS::RDS::DBInstance in Database',
];

const whole = {
  ingress: [...tiers, deadLetters, 'Lambda functions → Endpoint of sqs: tcp 443'],
  egress: [...tiers, deadLetters, out],
  standing: [...members, 'AWS::EC2::VPCEndpoint in Endpoint of sqs', 'AWS::MSK::Cluster in Kafka', 'AWS::RDS::DBProxy in Database'],
};

describe.each([
  { stage: 'dev', ...whole },
  { stage: 'prod', ...whole },
  {
    stage: 'minimal',
    ingress: [...tiers, `Lambda functions → ${NAT}: tcp 443`],
    egress: [...tiers, out, `${NAT} → 0.0.0.0/0: tcp 443`],
    standing: [...members, `AWS::EC2::Instance in ${NAT}`],
  },
] as const)('$stage', ({ stage, ingress, egress, standing: expected }) => {
  const templates = synthesized(stage);
  const all = (direction: 'Ingress' | 'Egress') => Object.values(templates).flatMap((template) => ways(template, direction));

  test('functions reach every tier on its port, each tier reaches itself where it must, and nothing else reaches anything', () => {
    expect(all('Ingress').sort()).toEqual([...ingress].sort());
    expect(all('Egress').sort()).toEqual([...egress].sort());
  });

  test('the database and its proxy, the cache, the brokers and the functions stand each in the group of their tier, and in no other', () => {
    expect(standing(templates)).toEqual([...expected].sort());
  });
});

test('a group that lets everything out, or everybody in, and a function that stands in it, would be seen', () => {
  const stack = new Stack(testApp(), 'open');
  const vpc = new Vpc(stack, 'Vpc');
  const group = new SecurityGroup(stack, 'Group', { vpc, description: 'Open' });
  group.addIngressRule(Peer.anyIpv4(), Port.allTcp());
  new CfnSecurityGroup(stack, 'Silent', { groupDescription: 'Silent' });
  const code = { code: Code.fromInline('x'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };
  new LambdaFunction(stack, 'Function', { ...code, vpc, securityGroups: [group] });

  const open = Template.fromStack(stack);

  expect(ways(open, 'Ingress')).toEqual(['0.0.0.0/0 → Open: tcp 0-65535']);
  expect(ways(open, 'Egress')).toEqual(['Open → 0.0.0.0/0: -1 undefined', 'Silent → 0.0.0.0/0: by default']);
  expect(standing({ open })).toContain('AWS::Lambda::Function in Open');
});
