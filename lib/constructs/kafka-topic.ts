// A topic of the cluster, created at deployment by a function of ours: MSK has no resource for it.
import { CustomResource } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { KafkaAccess } from './kafka-access.ts';
import { STEP_TIMEOUT } from './migrations.ts';

export interface KafkaTopicProps {
  readonly name: string;
  readonly partitions: number;
  readonly cluster: KafkaAccess;
  /** The function that creates topics; undefined where somebody else has it created. */
  readonly creator: IFunction | undefined;
}

export class KafkaTopic extends Construct {
  readonly name: string;
  readonly cluster: KafkaAccess;

  constructor(scope: Construct, id: string, { name, partitions, cluster, creator }: KafkaTopicProps) {
    super(scope, id);
    this.name = name;
    this.cluster = cluster;
    if (creator)
      new CustomResource(this, 'Topic', {
        serviceToken: creator.functionArn,
        serviceTimeout: STEP_TIMEOUT,
        resourceType: 'Custom::KafkaTopic',
        properties: {
          Topic: name,
          Partitions: partitions,
          Replicas: cluster.replicas,
          MinInSyncReplicas: String(cluster.minInSyncReplicas),
        },
      });
  }
}
