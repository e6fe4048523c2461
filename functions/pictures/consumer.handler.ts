import { availableParallelism } from 'node:os';
import type { MSKEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { s3 } from '../shared/aws.ts';
import { type KafkaBatchResponse, kafkaBatch, sqsBatch } from '../shared/batch.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { durations } from '../shared/metrics/durations.ts';
import { processing } from './processing.ts';
import { pictureRepository } from './repository.ts';
import { resize } from './resize.ts';
import { pictureStorage } from './storage.ts';

const done = durations('pictures', 'PictureSeconds');
const handle = processing({
  pictures: pictureRepository(database()),
  storage: pictureStorage(s3(), env('PICTURES_BUCKET')),
  resize,
  clock: () => new Date(),
  done: (seconds) => done([seconds]),
});

/** One picture more than there are processors: one waits for S3 while the others are resized. */
const concurrency = availableParallelism() + 1;

const fromKafka = kafkaBatch(concurrency, handle);
const fromSqs = sqsBatch(concurrency, handle);

/** A version meets both while the transport of a stage is changed. */
export const handler = (event: MSKEvent | SQSEvent): Promise<KafkaBatchResponse | SQSBatchResponse> =>
  'Records' in event ? fromSqs(event) : fromKafka(event);
