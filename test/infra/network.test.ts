// Private subnets, the ways out of them, and what leads to AWS's services without these.
import { Match, Template } from 'aws-cdk-lib/assertions';
import { beforeAll, expect, test } from 'vitest';
import { type Config, configOf } from '../../lib/config.ts';
import { NetworkStack } from '../../lib/stacks/network.ts';
import { ways } from './security-groups.ts';
import { testApp } from './stage.ts';

/** Nothing but the network of a stage. */
function stackOf(config: Config): NetworkStack {
  if (config.data.kind !== 'managed') throw new Error(`The stage ${config.stage} has no network`);
  return new NetworkStack(testApp(), 'network', config, config.data);
}
const networkOf = (config: Config) => Template.fromStack(stackOf(config));

let template: Template;

beforeAll(() => {
  template = networkOf(configOf('prod'));
});

test('prod has three zones, each with a public subnet, one for functions and one for data; none gives addresses of the internet', () => {
  const subnets = Object.values(template.findResources('AWS::EC2::Subnet')).map(({ Properties }) => ({
    zone: Properties.AvailabilityZone['Fn::Select'][0],
    kind: Properties.Tags.find(({ Key }: { Key: string }) => Key === 'aws-cdk:subnet-name').Value,
    public: Properties.MapPublicIpOnLaunch,
  }));
  const each = (kind: string) => [0, 1, 2].map((zone) => ({ zone, kind, public: false }));
  expect(subnets).toEqual(expect.arrayContaining([...each('public'), ...each('functions'), ...each('data')]));
  expect(subnets).toHaveLength(9);
});

test('data has no way out, functions have', () => {
  const routes = Object.values(template.findResources('AWS::EC2::Route')).map(({ Properties }) => Properties.RouteTableId.Ref as string);
  expect(routes.filter((table) => table.includes('data'))).toEqual([]);
  expect(routes.filter((table) => table.includes('functions'))).toHaveLength(3);
});

test.each([
  ['dev', 1],
  ['prod', 3],
] as const)('in the stage %s there are %d gateways out, and as many zones of the endpoint for dead letters', (stage, zones) => {
  const network = networkOf(configOf(stage));
  network.resourceCountIs('AWS::EC2::NatGateway', zones);
  const [endpoint] = Object.values(network.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } }));
  expect(JSON.stringify(endpoint?.Properties.ServiceName)).toContain('.sqs');
  expect(endpoint?.Properties.PrivateDnsEnabled).toBe(true);
  expect(endpoint?.Properties.SubnetIds).toHaveLength(zones);
});

test('S3 and DynamoDB are reached from all subnets of functions without the way out', () => {
  const gateways = Object.values(template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } }));
  expect(gateways.map(({ Properties }) => JSON.stringify(Properties.ServiceName).match(/\.(s3|dynamodb)"/)?.[1]).sort()).toEqual([
    'dynamodb',
    's3',
  ]);
  for (const { Properties } of gateways) expect(Properties.RouteTableIds).toHaveLength(3);
});

test('without Kafka there is an endpoint only where the stage asks for one, with a group of its own', () => {
  const { data, ...config } = configOf('dev', 'sqs');
  if (data.kind !== 'managed') throw new Error('dev is managed');
  const network = (interfaceEndpoints: string[]) => networkOf({ ...config, data: { ...data, interfaceEndpoints } });
  expect(JSON.stringify(network([]).findResources('AWS::EC2::VPCEndpoint'))).not.toContain('Interface');

  const asked = network(['secretsmanager']);
  asked.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true });
  expect(ways(asked, 'Ingress').filter((way) => way.includes('Endpoint'))).toEqual([
    'Lambda functions → Endpoint of secretsmanager: tcp 443',
  ]);
});

test('in prod what the network refuses is logged, for as long as all logs, and the stack is not deleted by mistake', () => {
  template.hasResourceProperties('AWS::EC2::FlowLog', {
    ResourceType: 'VPC',
    TrafficType: 'REJECT',
    LogDestinationType: 'cloud-watch-logs',
  });
  template.hasResource('AWS::Logs::LogGroup', { Properties: { RetentionInDays: 90 }, DeletionPolicy: 'RetainExceptOnCreate' });
  networkOf(configOf('dev')).resourceCountIs('AWS::EC2::FlowLog', 0);
  expect(stackOf(configOf('prod')).terminationProtection).toBe(true);
});

test('the small way out is one instance that forwards HTTPS for functions and takes nothing from anybody else', () => {
  const minimal = networkOf(configOf('minimal'));
  minimal.resourceCountIs('AWS::EC2::NatGateway', 0);
  minimal.hasResourceProperties('AWS::EC2::Instance', {
    InstanceType: 't4g.nano',
    SourceDestCheck: false,
    ImageId: Match.objectLike({ Ref: Match.stringLikeRegexp('arm64') }),
    NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: true })],
  });
  const nat = (direction: 'Ingress' | 'Egress') => named(ways(minimal, direction)).filter((way) => way.includes('NAT'));
  expect(nat('Ingress')).toEqual(['Functions → Security Group for NAT instances: tcp 443']);
  expect(nat('Egress')).toEqual(['Security Group for NAT instances → 0.0.0.0/0: tcp 443']);
  const routes = Object.values(minimal.findResources('AWS::EC2::Route')).filter(({ Properties }) => Properties.InstanceId);
  expect(routes).toHaveLength(2);
});

test('its first package is installed with memory to swap to, and again where that fails', () => {
  const [instance] = Object.values(networkOf(configOf('minimal')).findResources('AWS::EC2::Instance'));
  const commands: string[] = instance?.Properties.UserData['Fn::Base64'].split('\n');
  expect(commands.slice(0, 6)).toEqual([
    '#!/bin/bash',
    'dd if=/dev/zero of=/swapfile bs=1M count=1024',
    'chmod 600 /swapfile',
    'mkswap /swapfile',
    'swapon /swapfile',
    'until yum install iptables-services -y; do sleep 5; done',
  ]);
  expect(commands.slice(6).join()).toMatch(/ip_forward=1.*-j MASQUERADE.*iptables save/);
});

const named = (found: string[]) => found.map((way) => way.replace('Lambda functions', 'Functions')).sort();
