// A queue whose consumer may fail: what fails too often is put aside, and somebody hears of it.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { WatchedQueue } from './watched-queue.ts';

export interface WorkQueueProps {
  /** Of the function that consumes it; AWS recommends a visibility time-out of six times that. */
  readonly consumerTimeout: Duration;
  /** What a dead letter means for people. */
  readonly impact: string;
  readonly alarms: ITopic;
  /** In order within each message group; senders name group and deduplication id. */
  readonly fifo?: true;
  /** Receives before a message is put aside, by default 5: more where an outage must not make dead letters of good messages. */
  readonly maxReceives?: number;
}

const MAX_RECEIVES = 5;

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { consumerTimeout, impact, alarms, fifo, maxReceives = MAX_RECEIVES }: WorkQueueProps) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'Dead', { impact, alarms, ...(fifo ? { fifo } : {}) }).queue;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(consumerTimeout.toSeconds() * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
      ...(fifo ? { fifo } : {}),
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

  constructor(scope: Construct, id: string, { impact, alarms, fifo }: Pick<WorkQueueProps, 'impact' | 'alarms' | 'fifo'>) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      ...(fifo ? { fifo } : {}),
    });
    new Alarm(this, 'NotEmpty', {
      alarmDescription: `Dead letters. Impact: ${impact}`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible(),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alarms));
  }
}
