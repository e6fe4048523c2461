// A Valkey replication group: the cache of all systems.
import { CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { NetworkStack } from '../stacks/network.ts';

export interface CacheProps {
  readonly nodeType: string;
  readonly replicas: number;
  readonly tls: boolean;
  readonly network: NetworkStack;
}

export class Cache extends Construct {
  private readonly url: string;

  constructor(scope: Construct, id: string, { nodeType, replicas, tls, network }: CacheProps) {
    super(scope, id);
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      description: 'Private subnets of the cache',
      subnetIds: network.dataSubnets.map(({ subnetId }) => subnetId),
    });
    const group = new CfnReplicationGroup(this, 'Group', {
      replicationGroupDescription: 'Stackyard cache',
      engine: 'valkey',
      engineVersion: '8.0',
      cacheNodeType: nodeType,
      numCacheClusters: 1 + replicas,
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: tls,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [network.cache.securityGroupId],
    });
    this.url = `${tls ? 'rediss' : 'redis'}://${group.attrPrimaryEndPointAddress}:${group.attrPrimaryEndPointPort}`;
  }

  /** Tells a function where the cache is; reaching it is a matter of its security group. */
  grantUse(fn: LambdaFunction): void {
    fn.addEnvironment('REDIS_URL', this.url);
  }
}
