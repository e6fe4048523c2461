// An MSK cluster with IAM access.
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { NetworkStack } from '../stacks/network.ts';
import type { KafkaAccess } from './kafka-access.ts';

export interface KafkaClusterProps {
  readonly instanceType: string;
  readonly brokers: number;
  readonly minInSyncReplicas: number;
  readonly storageGb: number;
  readonly network: NetworkStack;
  readonly removalPolicy: RemovalPolicy;
}

export class KafkaCluster extends Construct implements KafkaAccess {
  readonly arn: string;
  readonly name: string;
  readonly replicas: number;
  readonly minInSyncReplicas: number;

  constructor(
    scope: Construct,
    id: string,
    { instanceType, brokers, minInSyncReplicas, storageGb, network, removalPolicy }: KafkaClusterProps,
  ) {
    super(scope, id);
    this.name = Stack.of(this).stackName;
    const cluster = new CfnCluster(this, 'Cluster', {
      clusterName: this.name,
      kafkaVersion: '3.9.x.kraft',
      numberOfBrokerNodes: brokers,
      brokerNodeGroupInfo: {
        instanceType,
        // MSK wants a multiple of the zones as number of brokers.
        clientSubnets: network.dataSubnets.slice(0, brokers).map(({ subnetId }) => subnetId),
        securityGroups: [network.kafka.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: storageGb } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } } },
      encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    });
    cluster.applyRemovalPolicy(removalPolicy);
    this.arn = cluster.attrArn;
    this.replicas = Math.min(brokers, 3);
    this.minInSyncReplicas = minInSyncReplicas;
  }

  grantConnect(fn: LambdaFunction): void {
    fn.addEnvironment('KAFKA_CLUSTER_ARN', this.arn);
    this.allow(fn, this.arn, [
      'kafka:GetBootstrapBrokers',
      'kafka:DescribeClusterV2',
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeCluster',
    ]);
  }

  grantProduce(fn: LambdaFunction, topic: string): void {
    this.grantConnect(fn);
    this.allow(fn, this.arnBelow('topic', topic), ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData']);
    this.allow(fn, this.arn, ['kafka-cluster:WriteDataIdempotently']);
  }

  grantConsume(fn: LambdaFunction, topic: string, consumerGroup: string): void {
    this.allow(fn, this.arn, ['kafka-cluster:Connect', 'kafka-cluster:DescribeClusterDynamicConfiguration']);
    this.allow(fn, this.arnBelow('topic', topic), ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData']);
    this.allow(fn, this.arnBelow('group', consumerGroup), ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup']);
  }

  grantRead(fn: LambdaFunction, topic: string): void {
    this.grantConnect(fn);
    this.allow(fn, this.arnBelow('topic', topic), ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData']);
  }

  grantAdministerTopics(fn: LambdaFunction): void {
    this.grantConnect(fn);
    this.allow(fn, this.arnBelow('topic', '*'), [
      'kafka-cluster:CreateTopic',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:AlterTopic',
      'kafka-cluster:DescribeTopicDynamicConfiguration',
    ]);
  }

  /** ARNs of topics and groups are made of the cluster's: `…:cluster/name/uuid` → `…:topic/name/uuid/topic`. */
  private arnBelow(kind: 'topic' | 'group', name: string): string {
    const { partition, region, account, stackName } = Stack.of(this);
    return `arn:${partition}:kafka:${region}:${account}:${kind}/${stackName}/*/${name}`;
  }

  private allow(grantee: IGrantable, resource: string, actions: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
