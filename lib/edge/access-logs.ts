// Who asked the one address for what, as CloudFront writes it down, every few minutes, into a bucket of its own.
import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from '../constructs/accepted.ts';
import { KEPT } from '../constructs/kept.ts';

/**
 * Of the older kind, which goes to a bucket of this stack's region, unless accounts have to opt in to that region: those CloudFront does not write to.
 * The newer kind delivers through CloudWatch Logs, whose resources would have to stand in us-east-1.
 *
 * @param days that a line is kept
 */
export function accessLogs(scope: Construct, days: number): Bucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // CloudFront is let in by an access control list, which the default of new buckets has not.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(days) }],
    removalPolicy: KEPT,
  });
  accept(bucket, { id: 'AwsSolutions-S1', reason: 'a log of who read the log would need a bucket with a log again' });
  return bucket;
}
