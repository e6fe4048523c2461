// How picture jobs travel: a Kafka topic, or a queue where Kafka costs too much or cannot be had. The consumer's core is the same.
import type { Duration } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import { handOver, PICTURE_JOBS_FAILURES } from '../constructs/hand-over.ts';
import type { KafkaAccess } from '../constructs/kafka-access.ts';
import { KafkaTopic } from '../constructs/kafka-topic.ts';
import type { Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import { DeadLetterQueue, WorkQueue } from '../constructs/work-queue.ts';
import { BATCH_SIZE, CONSUMER_GROUP, pictureJobsSource, pictureJobsTopic } from './picture-jobs.ts';

export interface PictureTransport {
  grantAnnounce(fn: ServiceFunction): void;
  /** Lets the status function ask whether it is up. */
  grantProbe(fn: ServiceFunction): void;
  deliverTo(consumer: ServiceFunction): void;
  watched(consumer: ServiceFunction): WatchedQueue;
}

const impact = 'pictures stay unfinished until their jobs are replayed';

const watched = { name: 'picture-jobs', description: 'Pictures to be resized' };

export interface KafkaTransportProps {
  readonly platform: Platform;
  readonly cluster: KafkaAccess;
  /** Creates the topic; undefined where the gateway has it created. */
  readonly creator: IFunction | undefined;
}

export class KafkaTransport extends Construct implements PictureTransport {
  private readonly topic: KafkaTopic;
  private readonly cluster: KafkaAccess;
  private readonly dead: DeadLetterQueue;
  private readonly config: Config;

  constructor(scope: Construct, id: string, { platform, cluster, creator }: KafkaTransportProps) {
    super(scope, id);
    this.cluster = cluster;
    this.config = platform.config;
    this.topic = new KafkaTopic(this, 'Jobs', { ...pictureJobsTopic, cluster, creator, generation: platform.config.generation });
    this.dead = new DeadLetterQueue(this, 'Failures', { name: 'pictures-jobs', impact, alarms: platform.alarms });
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
    // Emulators have no Kafka event sources: the gateway reads for the function.
    if (this.config.data.kind === 'external') handOver(this, this.config.stage, PICTURE_JOBS_FAILURES, this.dead.queue.queueArn);
    else {
      consumer.live.addEventSource(pictureJobsSource(this.cluster, this.dead.queue));
      accept(consumer.role as IRole, {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole]',
        reason: 'Lambda itself reads the topic with it, and AWS extends it with what its pollers need',
      });
    }
    this.cluster.grantConsume(consumer, this.topic.name, CONSUMER_GROUP);
    consumer.node.addDependency(this.topic);
  }

  watched(consumer: ServiceFunction): WatchedQueue {
    return { ...watched, topic: this.topic, group: CONSUMER_GROUP, deadLetters: this.dead.queue, consumers: [consumer] };
  }
}

export class SqsTransport extends Construct implements PictureTransport {
  private readonly work: WorkQueue;

  constructor(scope: Construct, id: string, { platform: { alarms }, consumerTimeout }: { platform: Platform; consumerTimeout: Duration }) {
    super(scope, id);
    this.work = new WorkQueue(this, 'Jobs', { name: 'pictures-jobs', consumerTimeout, impact, alarms });
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
    consumer.live.addEventSource(
      new SqsEventSource(this.work.queue, { batchSize: BATCH_SIZE, maxConcurrency: 4, reportBatchItemFailures: true }),
    );
  }

  watched(consumer: ServiceFunction): WatchedQueue {
    return this.work.watched({ ...watched, consumers: [consumer] });
  }
}
