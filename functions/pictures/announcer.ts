// The transport of this stage: a queue where one is named, a topic otherwise.
import { sqs } from '../shared/aws.ts';
import { env } from '../shared/env.ts';
import type { Announcer } from './job.ts';
import { kafkaAnnouncer } from './kafka-announcer.ts';
import { sqsAnnouncer } from './sqs-announcer.ts';

export const announcer = (): Announcer =>
  process.env.PICTURES_QUEUE_URL ? sqsAnnouncer(sqs(), env('PICTURES_QUEUE_URL')) : kafkaAnnouncer(env('PICTURES_TOPIC'));
