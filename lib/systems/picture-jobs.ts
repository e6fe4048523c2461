// The topic of picture jobs, and how its consumer gets them.
import { Duration } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { ManagedKafkaEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { KafkaAccess } from '../constructs/kafka-access.ts';

export const pictureJobsTopic = { name: 'picture-jobs', partitions: 4 };

export const CONSUMER_GROUP = 'pictures';

/** A job is a few hundred bytes, a picture seconds of work: small batches spread over more environments. */
export const BATCH_SIZE = 10;

export const pictureJobsSource = (cluster: KafkaAccess, deadLetters: IQueue): ManagedKafkaEventSource =>
  new ManagedKafkaEventSource({
    clusterArn: cluster.arn,
    topic: pictureJobsTopic.name,
    consumerGroupId: CONSUMER_GROUP,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: BATCH_SIZE,
    maxBatchingWindow: Duration.seconds(0),
    provisionedPollerConfig: { minimumPollers: 1, maximumPollers: 4 },
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    // With the growing pause between attempts this outlasts the restart of a database.
    retryAttempts: 20,
    onFailure: new SqsDlq(deadLetters),
  });
