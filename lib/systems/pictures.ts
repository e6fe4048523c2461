import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { picturesRoutes } from '../../functions/pictures/routes.ts';
import { accept } from '../constructs/accepted.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import { SharpLayer } from '../constructs/sharp-layer.ts';
import { watchSchedule } from '../constructs/source-alarms.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import type { DataStack } from '../stacks/data.ts';
import type { Operations } from './operations.ts';
import { KafkaTransport, type PictureTransport, SqsTransport } from './picture-transport.ts';

export interface PicturesProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly operations: Operations;
}

/** Ten pictures of 50 megapixels, three at a time, at about 2 s each, and as much again for slow storage. */
const CONSUMER_TIMEOUT = Duration.minutes(1);

export class Pictures extends Construct {
  readonly transport: PictureTransport;
  readonly watched: WatchedQueue;
  /** Tells `/metrics` its gauges. */
  readonly collector: ServiceFunction;

  constructor(scope: Construct, id: string, { platform, data, api, operations }: PicturesProps) {
    super(scope, id);
    this.transport =
      data.kafka === undefined
        ? new SqsTransport(this, 'Transport', { platform, consumerTimeout: CONSUMER_TIMEOUT })
        : new KafkaTransport(this, 'Transport', { platform, cluster: data.kafka, creator: operations.topicCreator });

    const apiFunction = new ServiceFunction(this, 'Api', platform, {
      entry: 'pictures/api',
      timeout: Duration.seconds(20),
      memorySize: 1024,
      monitoring: { impact: 'pictures cannot be sent or fetched' },
    });
    const consumer = new ServiceFunction(this, 'Consumer', platform, {
      entry: 'pictures/consumer',
      timeout: CONSUMER_TIMEOUT,
      memorySize: 3008,
      layers: [new SharpLayer(this, 'Sharp', platform.config.architecture).version],
      monitoring: { impact: 'pictures are resized late or not at all' },
    });
    const relay = new ServiceFunction(this, 'Relay', platform, {
      entry: 'pictures/relay',
      timeout: Duration.seconds(50),
      memorySize: 512,
      monitoring: { impact: 'a picture whose announcement was lost stays queued' },
    });

    for (const fn of [apiFunction, consumer, relay]) {
      data.database.grantSchema('pictures', fn);
      operations.migrateBefore(fn);
    }
    grantPictures(apiFunction, data.pictures, { writes: 'sources', reads: 'results' });
    grantPictures(consumer, data.pictures, { writes: 'results', reads: 'sources' });
    for (const fn of [apiFunction, consumer]) {
      fn.addEnvironment('PICTURES_BUCKET', data.pictures.bucketName);
      data.cache.grantUse(fn);
    }
    for (const fn of [apiFunction, relay]) this.transport.grantAnnounce(fn);
    this.transport.deliverTo(consumer);
    this.watched = this.transport.watched(consumer);
    const everyMinute = new Rule(this, 'EveryMinute', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(relay.live)],
    });
    watchSchedule(everyMinute, {
      name: 'pictures-relay',
      impact: 'a picture whose announcement was lost stays queued',
      alarms: platform.alarms,
    });
    addRoutes(api, picturesRoutes, apiFunction.live);
    this.collector = apiFunction;
  }
}

/** Objects below one name each, one by one: nobody here lists or deletes. */
function grantPictures(fn: ServiceFunction, bucket: IBucket, { writes, reads }: { writes: string; reads: string }): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${writes}/*`)] }));
  fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(`${reads}/*`)] }));
  accept(fn.role as IRole, {
    id: 'AwsSolutions-IAM5',
    reason: 'the names of objects are the ids of pictures, which are not known before they are sent',
  });
}
