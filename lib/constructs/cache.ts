// A Valkey replication group: the cache of all systems.
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { NetworkStack } from '../stacks/network.ts';
import { accept } from './accepted.ts';

export interface CacheProps {
  readonly nodeType: string;
  readonly replicas: number;
  readonly tls: boolean;
  readonly network: NetworkStack;
  /** Days that daily snapshots are kept; none where 0. */
  readonly snapshotDays: number;
}

export class Cache extends Construct {
  /** Dimension `ReplicationGroupId` of `AWS/ElastiCache`; its nodes are `<id>-001`, `<id>-002`, … as `CacheClusterId`. */
  readonly replicationGroupId: string;
  private readonly url: string;

  constructor(scope: Construct, id: string, { nodeType, replicas, tls, network, snapshotDays }: CacheProps) {
    super(scope, id);
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      description: 'Private subnets of the cache',
      subnetIds: network.dataSubnets.map(({ subnetId }) => subnetId),
    });
    const group = new CfnReplicationGroup(this, 'Group', {
      replicationGroupDescription: 'Stackyard cache',
      engine: 'valkey',
      engineVersion: '8.0',
      // `default.valkey8` evicts only what has an expiry (volatile-lru): cached answers go, counters of metrics stay.
      autoMinorVersionUpgrade: true,
      cacheNodeType: nodeType,
      numCacheClusters: 1 + replicas,
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: tls,
      snapshotRetentionLimit: snapshotDays,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [network.cache.securityGroupId],
    });
    accept(
      group,
      {
        id: 'AwsSolutions-AEC5',
        reason: 'Who may reach the port is said by security groups; another number would hide it from nobody',
      },
      {
        id: 'AwsSolutions-AEC6',
        reason:
          'Only functions reach it, over TLS. A token would be known to each of them, so it would keep out nobody whom the security group lets in, and its absence costs no call to Secrets Manager before a first answer',
      },
    );
    this.replicationGroupId = group.ref;
    this.url = `${tls ? 'rediss' : 'redis'}://${group.attrPrimaryEndPointAddress}:${group.attrPrimaryEndPointPort}`;
  }

  /** Tells a function where the cache is; reaching it is a matter of its security group. */
  grantUse(fn: LambdaFunction): void {
    fn.addEnvironment('REDIS_URL', this.url);
  }
}
