// What the page of workers is told of a queue or topic.
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { KafkaTopic } from './kafka-topic.ts';

interface Named {
  /** In paths and on the page: lower case, with hyphens. */
  readonly name: string;
  readonly description: string;
  readonly consumers: readonly IFunction[];
  readonly deadLetters: IQueue;
}

export type WatchedQueue = Named & ({ readonly queue: IQueue } | { readonly topic: KafkaTopic; readonly group: string });
