// The Kafka cluster: who it lets in, what it promises about records, and what it writes down.
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { KafkaCluster } from '../../lib/constructs/kafka-cluster.ts';
import { NetworkStack } from '../../lib/stacks/network.ts';
import { dataOf } from './data-stack.ts';
import { testApp } from './stage.ts';

const clusterOf = (template: Template) => Object.values(template.findResources('AWS::MSK::Cluster'))[0]?.Properties;
const prod = dataOf(configOf('prod'));

test.each([
  ['dev', 2],
  ['prod', 3],
  ['local', 1],
] as const)('in the stage %s, brokers stand in %d subnets, a multiple of which MSK wants as their number', (stage, subnets) => {
  const { NumberOfBrokerNodes, BrokerNodeGroupInfo } = clusterOf(dataOf(configOf(stage)));
  expect(BrokerNodeGroupInfo.ClientSubnets).toHaveLength(subnets);
  expect(NumberOfBrokerNodes % subnets).toBe(0);
});

test('who is let in says so with IAM, over TLS', () => {
  const { ClientAuthentication, EncryptionInfo } = clusterOf(prod);
  expect(ClientAuthentication).toEqual({ Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } });
  expect(EncryptionInfo.EncryptionInTransit).toEqual({ ClientBroker: 'TLS', InCluster: true });
});

test.each([
  ['dev', 2, 1],
  ['prod', 3, 2],
] as const)('in the stage %s a record has %d copies, of which %d are written before its sender hears of it', (stage, copies, inSync) => {
  const template = dataOf(configOf(stage));
  const [[id, configuration] = []] = Object.entries(template.findResources('AWS::MSK::Configuration'));
  expect(configuration?.Properties.ServerProperties.split('\n')).toEqual([
    'auto.create.topics.enable=false',
    `default.replication.factor=${copies}`,
    `min.insync.replicas=${inSync}`,
    `offsets.topic.replication.factor=${copies}`,
    `transaction.state.log.replication.factor=${copies}`,
    `transaction.state.log.min.isr=${inSync}`,
    'unclean.leader.election.enable=false',
  ]);
  expect(clusterOf(template).ConfigurationInfo).toEqual({
    Arn: { 'Fn::GetAtt': [id, 'Arn'] },
    Revision: { 'Fn::GetAtt': [id, 'LatestRevision.Revision'] },
  });
});

test('brokers log where it is forgotten in time', () => {
  const [[id, group] = []] = Object.entries(
    prod.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: Match.stringLikeRegexp('^/aws/vendedlogs/msk/') } }),
  );
  expect(group?.Properties.RetentionInDays).toBe(90);
  expect(clusterOf(prod).LoggingInfo.BrokerLogs.CloudWatchLogs).toEqual({ Enabled: true, LogGroup: { Ref: id } });
});

test('what functions may do is of one topic or group of this very cluster', () => {
  const { stack, cluster } = alone();
  const fn = new LambdaFunction(stack, 'Function', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
  });
  cluster.grantProduce(fn, 'jobs');
  cluster.grantConsume(fn, 'jobs', 'readers');
  cluster.grantAdminister(fn, 'jobs');

  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const resources = policy?.Properties.PolicyDocument.Statement.flatMap(({ Resource }: { Resource: unknown }) => Resource);
  const arns = resources.map(textOf);

  expect(new Set(arns.map((arn: string) => arn.replace(/^.*:(topic|group)\//, '$1/')))).toEqual(
    new Set(['Cluster.Arn', 'topic/data/uuid/jobs', 'group/data/uuid/readers']),
  );
});

/** A cluster in a stack that has nothing else. */
function alone() {
  const app = testApp();
  const config = configOf('dev');
  if (config.data.kind !== 'managed') throw new Error('dev is managed');
  const network = new NetworkStack(app, 'network', config, config.data);
  const stack = new Stack(app, 'data');
  const common = { network, removalPolicy: RemovalPolicy.DESTROY, logRetentionDays: 7 };
  return { stack, cluster: new KafkaCluster(stack, 'Kafka', { ...config.data.kafka, ...common }) };
}

/** An ARN as it will read, the cluster's unknown part as `uuid`. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::Select': select, 'Fn::GetAtt': attribute, Ref } = value as Record<string, never>;
  if (join) return (join[1] as unknown[]).map(textOf).join('');
  if (select) return `${JSON.stringify(select)}`.startsWith('[2,{"Fn::Split":["/"') ? 'uuid' : 'unknown';
  if (attribute) return String(attribute[1]) === 'Arn' ? 'Cluster.Arn' : 'unknown';
  return String(Ref);
}
