// A queue whose consumer may fail: what fails too often is put aside, and somebody hears of it.
import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import { alarm } from './alarm.ts';
import type { WatchedQueue } from './watched-queue.ts';

export interface WorkQueueProps {
  /** Of its alarms: `messages-inbox`. */
  readonly name: string;
  /** Of the function that consumes it; AWS recommends a visibility time-out of six times that. */
  readonly consumerTimeout: Duration;
  /** What a dead letter means for people. */
  readonly impact: string;
  readonly alarms: ITopic;
  /** In order within each message group; senders name group and deduplication id. */
  readonly fifo?: true;
  /** Receives before a message is put aside, by default 5: more where an outage must not make dead letters of good messages. */
  readonly maxReceives?: number;
  /** How long a message may wait until somebody hears of it, by default 5 minutes. */
  readonly patience?: Duration;
}

const MAX_RECEIVES = 5;
const PATIENCE = Duration.minutes(5);

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { name, consumerTimeout, impact, alarms, fifo, maxReceives = MAX_RECEIVES, patience = PATIENCE } = props;
    this.deadLetters = new DeadLetterQueue(this, 'Dead', { name, impact, alarms, ...(fifo ? { fifo } : {}) }).queue;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(consumerTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
      ...(fifo ? { fifo } : {}),
    });
    // From its third receive on, after two visibility time-outs, SQS leaves a message of a standard queue out of this age. What fails again and again must
    // have rung before, as a consumer that hands back single messages throws nothing.
    alarm(this, 'Waiting', {
      name: `${name}-oldest-message`,
      what: `The oldest message has waited for more than ${patience.toMinutes()} minutes`,
      impact: `what is queued is late, and later: ${impact}`,
      runbook: 'queue-age',
      metric: this.queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: Duration.minutes(1) }),
      threshold: patience.toSeconds(),
      periods: 3,
      alarms,
    });
  }

  /** For the page of workers. */
  watched(named: Pick<WatchedQueue, 'name' | 'description' | 'consumers'>): WatchedQueue {
    return { ...named, queue: this.queue, deadLetters: this.deadLetters };
  }
}

/** Keeps what could not be handled for the longest time SQS allows, and raises an alarm with the first message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { name, impact, alarms, fifo }: Pick<WorkQueueProps, 'name' | 'impact' | 'alarms' | 'fifo'>) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(fifo ? { fifo } : {}),
    });
    for (const id of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'] as const)
      accept(this.queue, { id, reason: 'it is where dead letters end: a person looks at them, and has them replayed' });
    alarm(this, 'NotEmpty', {
      name: `${name}-dead-letters`,
      what: 'There are dead letters',
      impact,
      runbook: 'dead-letters',
      metric: this.queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }),
      alarms,
    });
  }
}
