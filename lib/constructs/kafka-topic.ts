// A topic of the cluster, created at deployment by a function of ours: MSK has no resource for it.
import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DeploymentStep } from './deployment-step.ts';
import type { KafkaAccess } from './kafka-access.ts';

export const TOPICS_TIMEOUT = Duration.minutes(1);

export interface KafkaTopicProps {
  readonly name: string;
  readonly partitions: number;
  readonly cluster: KafkaAccess;
  /** The function that creates topics; undefined where somebody else has it created. */
  readonly creator: IFunction | undefined;
  readonly generation: number;
}

export class KafkaTopic extends Construct {
  readonly name: string;
  readonly cluster: KafkaAccess;

  constructor(scope: Construct, id: string, { name, partitions, cluster, creator, generation }: KafkaTopicProps) {
    super(scope, id);
    this.name = name;
    this.cluster = cluster;
    if (creator)
      new DeploymentStep(this, 'Topic', {
        resourceType: 'Custom::KafkaTopic',
        by: creator,
        timeout: TOPICS_TIMEOUT,
        generation,
        properties: { Topic: name, Partitions: partitions, Replicas: cluster.replicas },
      });
  }
}
