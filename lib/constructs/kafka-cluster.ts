// An MSK cluster with IAM access.
import { Fn, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration } from 'aws-cdk-lib/aws-msk';
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
  readonly logRetentionDays: RetentionDays;
}

/** Without ZooKeeper, which later versions do not have any more; the way of an existing cluster cannot be changed. */
const KAFKA_VERSION = '3.9.x.kraft';

export class KafkaCluster extends Construct implements KafkaAccess {
  readonly arn: string;
  readonly name: string;
  readonly replicas: number;
  private readonly minInSyncReplicas: number;

  constructor(
    scope: Construct,
    id: string,
    { instanceType, brokers, minInSyncReplicas, storageGb, network, removalPolicy, logRetentionDays }: KafkaClusterProps,
  ) {
    super(scope, id);
    this.name = Stack.of(this).stackName;
    this.replicas = Math.min(brokers, 3);
    this.minInSyncReplicas = minInSyncReplicas;
    const configuration = this.configuration(removalPolicy);
    const cluster = new CfnCluster(this, 'Cluster', {
      clusterName: this.name,
      kafkaVersion: KAFKA_VERSION,
      configurationInfo: { arn: configuration.attrArn, revision: configuration.attrLatestRevisionRevision },
      numberOfBrokerNodes: brokers,
      brokerNodeGroupInfo: {
        instanceType,
        // MSK wants a multiple of the zones as number of brokers.
        clientSubnets: network.dataSubnets.slice(0, brokers).map(({ subnetId }) => subnetId),
        securityGroups: [network.kafka.securityGroupId],
        storageInfo: { ebsStorageInfo: { volumeSize: storageGb } },
      },
      clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
      // At rest with the key that AWS keeps for MSK, as always where none is named.
      encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
      // Gives lag by consumer group and topic (SumOffsetLag, EstimatedMaxTimeLag), which pages and alarms show; by partition would cost.
      enhancedMonitoring: 'DEFAULT',
      loggingInfo: {
        brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: this.logGroup(logRetentionDays, removalPolicy).logGroupName } },
      },
    });
    cluster.applyRemovalPolicy(removalPolicy);
    this.arn = cluster.attrArn;
  }

  private configuration(removalPolicy: RemovalPolicy): CfnConfiguration {
    const configuration = new CfnConfiguration(this, 'Configuration', {
      name: this.name,
      serverProperties: Object.entries({
        // A misspelt topic is an error, not a new topic.
        'auto.create.topics.enable': false,
        'default.replication.factor': this.replicas,
        // Of every topic, also of one that exists: none says a number of its own.
        'min.insync.replicas': this.minInSyncReplicas,
        // Kafka's own topics: by default they have three copies, and where brokers are fewer they are never made. Then no consumer finds a coordinator.
        'offsets.topic.replication.factor': this.replicas,
        'transaction.state.log.replication.factor': this.replicas,
        'transaction.state.log.min.isr': this.minInSyncReplicas,
        // Rather no answer than lost records: a replica that is behind never leads.
        'unclean.leader.election.enable': false,
      })
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    });
    configuration.applyRemovalPolicy(removalPolicy);
    return configuration;
  }

  /** It stays with the cluster that writes into it. */
  private logGroup(retention: RetentionDays, removalPolicy: RemovalPolicy): LogGroup {
    // Below `vendedlogs` services share one resource policy; elsewhere each log group adds to it, and it may have 5,120 characters.
    const logGroupName = `/aws/vendedlogs/msk/${this.name}`;
    return new LogGroup(this, 'BrokerLog', { logGroupName, retention, removalPolicy });
  }

  grantConnect(fn: LambdaFunction): void {
    fn.addEnvironment('KAFKA_CLUSTER_ARN', this.arn);
    this.allow(fn, this.arn, ['kafka:GetBootstrapBrokers', 'kafka-cluster:Connect', 'kafka-cluster:DescribeCluster']);
  }

  grantProduce(fn: LambdaFunction, topic: string): void {
    this.grantConnect(fn);
    this.allow(fn, this.arnBelow('topic', topic), ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData']);
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

  grantAdminister(fn: LambdaFunction, topic: string): void {
    this.grantConnect(fn);
    this.allow(fn, this.arnBelow('topic', topic), [
      'kafka-cluster:CreateTopic',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:AlterTopic',
      'kafka-cluster:DescribeTopicDynamicConfiguration',
    ]);
  }

  /** ARNs of topics and groups are made of the cluster's: `…:cluster/name/uuid` → `…:topic/name/uuid/topic`. */
  private arnBelow(kind: 'topic' | 'group', name: string): string {
    const { partition, region, account } = Stack.of(this);
    // CloudFormation documents Fn::Sub, and not the output of another stack, as what Fn::Split takes.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the notation of Fn::Sub
    const uuid = Fn.select(2, Fn.split('/', Fn.sub('${Arn}', { Arn: this.arn })));
    return `arn:${partition}:kafka:${region}:${account}:${kind}/${this.name}/${uuid}/${name}`;
  }

  private allow(grantee: IGrantable, resource: string, actions: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [resource] }));
  }
}
