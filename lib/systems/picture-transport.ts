// How picture jobs travel: a Kafka topic, or a queue where Kafka costs too much or cannot be had. The consumer's core is the same.
import { Duration } from 'aws-cdk-lib';
import { type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { KafkaCluster } from '../constructs/kafka-cluster.ts';
import { KafkaTopic } from '../constructs/kafka-topic.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import { DeadLetterQueue, WorkQueue } from '../constructs/work-queue.ts';

export interface PictureTransport {
  /** Export of the consumer's entry file that understands this transport's events. */
  readonly consumerExport: 'fromKafka' | 'fromSqs';
  grantAnnounce(fn: ServiceFunction): void;
  /** Lets the status function ask whether it is up. */
  grantProbe(fn: ServiceFunction): void;
  deliverTo(consumer: ServiceFunction): void;
  watched(consumer: ServiceFunction): WatchedQueue;
}

const impact = 'pictures stay unfinished until their jobs are replayed';

/** A job is a few hundred bytes, a picture seconds of work: small batches spread over more environments. */
const BATCH_SIZE = 10;

const CONSUMER_GROUP = 'pictures';

const watched = { name: 'picture-jobs', description: 'Pictures to be resized' };

export class KafkaTransport extends Construct implements PictureTransport {
  readonly consumerExport = 'fromKafka';
  private readonly topic: KafkaTopic;
  private readonly cluster: KafkaCluster;
  private readonly dead: DeadLetterQueue;

  constructor(scope: Construct, id: string, { cluster, creator, alarms }: { cluster: KafkaCluster; creator: IFunction; alarms: ITopic }) {
    super(scope, id);
    this.cluster = cluster;
    this.topic = new KafkaTopic(this, 'Jobs', { name: 'picture-jobs', partitions: 4, cluster, creator });
    this.dead = new DeadLetterQueue(this, 'Failures', { impact, alarms });
  }

  grantAnnounce(fn: ServiceFunction): void {
    this.cluster.grantProduce(fn, this.topic.name);
    fn.addEnvironment('PICTURES_TOPIC', this.topic.name);
    fn.node.addDependency(this.topic);
  }

  grantProbe(fn: ServiceFunction): void {
    this.cluster.grantConnect(fn);
  }

  deliverTo(consumer: ServiceFunction): void {
    const source = new ManagedKafkaEventSource({
      clusterArn: this.cluster.arn,
      topic: this.topic.name,
      consumerGroupId: CONSUMER_GROUP,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: BATCH_SIZE,
      maxBatchingWindow: Duration.seconds(0),
      provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 4 },
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // With the growing pause between attempts this outlasts the restart of a database.
      retryAttempts: 20,
      onFailure: new SqsDlq(this.dead.queue),
    });
    consumer.addEventSource(source);
    this.cluster.grantConsume(consumer, this.topic.name, CONSUMER_GROUP);
    consumer.node.addDependency(this.topic);
  }

  watched(consumer: ServiceFunction): WatchedQueue {
    return { ...watched, topic: this.topic, group: CONSUMER_GROUP, deadLetters: this.dead.queue, consumers: [consumer] };
  }
}

export class SqsTransport extends Construct implements PictureTransport {
  readonly consumerExport = 'fromSqs';
  private readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { consumerTimeout, alarms }: { consumerTimeout: Duration; alarms: ITopic }) {
    super(scope, id);
    this.work = new WorkQueue(this, 'Jobs', { consumerTimeout, impact, alarms });
  }

  grantAnnounce(fn: ServiceFunction): void {
    this.work.queue.grantSendMessages(fn);
    fn.addEnvironment('PICTURES_QUEUE_URL', this.work.queue.queueUrl);
  }

  grantProbe(fn: ServiceFunction): void {
    this.work.queue.grant(fn, 'sqs:GetQueueAttributes');
    fn.addEnvironment('PICTURES_QUEUE_URL', this.work.queue.queueUrl);
  }

  deliverTo(consumer: ServiceFunction): void {
    consumer.addEventSource(
      new SqsEventSource(this.work.queue, { batchSize: BATCH_SIZE, maxConcurrency: 4, reportBatchItemFailures: true }),
    );
  }

  watched(consumer: ServiceFunction): WatchedQueue {
    return this.work.watched({ ...watched, consumers: [consumer] });
  }
}
