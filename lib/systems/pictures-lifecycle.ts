import { Duration } from 'aws-cdk-lib';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';

/** Sources are needed until their job is done or has been replayed; results as long as clients may ask. */
export const picturesLifecycle: LifecycleRule[] = [
  { prefix: 'sources/', expiration: Duration.days(7) },
  { prefix: 'results/', expiration: Duration.days(30) },
  // Parts of an upload that nobody finished are paid for, and no listing shows them.
  { abortIncompleteMultipartUploadAfter: Duration.days(1) },
];
