// Where pictures lie until they expire, and where it is logged who asked for them.
import { Duration, type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { picturesLifecycle } from '../systems/pictures-lifecycle.ts';
import { KEPT } from './kept.ts';

const closed = { blockPublicAccess: BlockPublicAccess.BLOCK_ALL, encryption: BucketEncryption.S3_MANAGED, enforceSSL: true } as const;

/**
 * Without versions: each key is written with one content, that of its picture's id, and everything expires within a month. Old versions would only
 * keep what somebody expects to be gone.
 */
export class PicturesBucket extends Bucket {
  constructor(scope: Construct, id: string, { removalPolicy }: { readonly removalPolicy: RemovalPolicy }) {
    super(scope, id, { ...closed, lifecycleRules: picturesLifecycle, removalPolicy });
    const { account, partition } = Stack.of(this);
    // Written here and not by the distribution, which lives in a stack that depends on this one: hence any distribution of the account.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        actions: ['s3:GetObject'],
        resources: [this.arnForObjects('results/*')],
        conditions: { ArnLike: { 'AWS:SourceArn': `arn:${partition}:cloudfront::${account}:distribution/*` } },
      }),
    );
  }

  logTo({ bucketName, policy }: AccessLogs): void {
    (this.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: bucketName, logFilePrefix: PREFIX };
    // S3 must be let in before it is told to write.
    if (policy) this.node.addDependency(policy);
  }
}

const PREFIX = 'pictures/';

/** As long as the logs of functions in prod. */
const DAYS = Duration.days(90);

/** S3 is let in by a policy: CDK's own way is an access control list, which needs them switched on again. */
export class AccessLogs extends Bucket {
  constructor(scope: Construct, id: string) {
    super(scope, id, { ...closed, lifecycleRules: [{ expiration: DAYS }], removalPolicy: KEPT });
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.arnForObjects(`${PREFIX}*`)],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
