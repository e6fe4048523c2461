// What functions may do with the topics of a Kafka cluster, and how they find it.
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

export interface KafkaAccess {
  readonly arn: string;
  readonly name: string;
  readonly replicas: number;
  /** Lets a function look at the cluster: brokers and metadata. */
  grantConnect(fn: LambdaFunction): void;
  grantProduce(fn: LambdaFunction, topic: string): void;
  /** What Lambda's pollers need of the function's role: they read in its name, as members of its consumer group. */
  grantConsume(fn: LambdaFunction, topic: string, consumerGroup: string): void;
  /** Lets a function read a topic outside of any consumer group. */
  grantRead(fn: LambdaFunction, topic: string): void;
  /** Lets a function create a topic, and give it partitions. */
  grantAdminister(fn: LambdaFunction, topic: string): void;
}
