// Sees all queues and topics, and moves their dead letters back.
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { workersRoutes } from '../../functions/workers/routes.ts';
import type { Api } from '../constructs/api.ts';
import { addRoutes } from '../constructs/api-routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import type { WatchedQueue } from '../constructs/watched-queue.ts';
import type { DataStack } from '../stacks/data.ts';

export interface WorkersProps {
  readonly platform: Platform;
  readonly data: DataStack;
  readonly api: Api;
  readonly watched: readonly WatchedQueue[];
}

export class Workers extends Construct {
  /** Tells `/metrics` its gauges. */
  readonly collector: ServiceFunction;

  constructor(scope: Construct, id: string, { platform, data, api, watched }: WorkersProps) {
    super(scope, id);
    const fn = new ServiceFunction(this, 'Api', platform, {
      entry: 'workers/api',
      // A replay stops after 20 s.
      timeout: Duration.seconds(28),
      memorySize: 512,
      monitoring: { impact: 'nobody sees what waits and fails, and dead letters cannot be replayed' },
    });
    fn.addEnvironment('WORKERS', JSON.stringify(watched.map(asVariable)));
    data.cache.grantUse(fn);
    const { data: place } = platform.config;
    // The gateway measures what the emulator does not: ages of messages, lags of consumers.
    if (place.kind === 'external') fn.addEnvironment('AWS_ENDPOINT_URL_CLOUDWATCH', place.controlUrl);
    // CloudWatch has no ARNs for metrics.
    fn.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
    for (const each of watched) grantReplay(fn, each);
    addRoutes(api, workersRoutes, fn.live);
    this.collector = fn;
  }
}

/** The shape that functions/workers/watched.ts reads. */
function asVariable(watched: WatchedQueue) {
  const { name, description, consumers, deadLetters } = watched;
  const common = { name, description, consumers: consumers.map(({ functionName }) => functionName), deadLettersUrl: deadLetters.queueUrl };
  if ('queue' in watched) return { ...common, kind: 'queue', source: watched.queue.queueName, url: watched.queue.queueUrl };
  const { topic, group } = watched;
  return { ...common, kind: 'topic', source: topic.name, cluster: topic.cluster.name, group };
}

function grantReplay(fn: ServiceFunction, watched: WatchedQueue): void {
  watched.deadLetters.grant(fn, 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:DeleteMessage');
  if ('queue' in watched) watched.queue.grant(fn, 'sqs:GetQueueAttributes', 'sqs:SendMessage');
  else {
    watched.topic.cluster.grantRead(fn, watched.topic.name);
    watched.topic.cluster.grantProduce(fn, watched.topic.name);
  }
}
