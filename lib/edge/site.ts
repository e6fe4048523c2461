// The built console in its bucket, and how its files come there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, type BucketDeploymentProps, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { Config, Edge } from '../config.ts';
import { accept, type Finding } from '../constructs/accepted.ts';
import { removalPolicyOf } from '../constructs/kept.ts';
import { openApi } from '../documentation/openapi.ts';
import { postmanCollection } from '../documentation/postman.ts';

/** Folder of what `vite build web` writes. */
export const site = join(import.meta.dirname, '../../web/dist');

/** Folder below it of what pages refer to. */
const ASSETS = 'assets';

/** Of the API, by the path that they are found under. */
export const documents = (edge: Edge) => ({ 'api/openapi.json': openApi(edge), 'api/postman.json': postmanCollection(edge) });

/** Without versions: what it holds is built from the code, and can be built again. */
export function siteBucket(scope: Construct, config: Config): Bucket {
  if (!existsSync(join(site, 'index.html'))) throw new Error('The console is not built. Build it with: npx vite build web');
  const bucket = new Bucket(scope, 'Site', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: removalPolicyOf(config),
  });
  accept(bucket, { id: 'AwsSolutions-S1', reason: 'only the distribution reads it, and its log has a line for each request' });
  return bucket;
}

/** Named by their content, so that a browser never has to ask again. */
const FOR_EVER = CacheControl.fromString('public, max-age=31536000, immutable');
/** Asked for each time: an old page would refer to assets of its own time. The edge keeps it for a day, or until it is told to forget it. */
const CHECKED = CacheControl.fromString('public, max-age=0, s-maxage=86400');

/**
 * Uploads assets, then the pages that refer to them, then has the edge forget what it kept of the old pages. Old assets stay: pages that are open in
 * browsers may still ask for them.
 */
export function uploadSite(scope: Construct, bucket: Bucket, distribution: IDistribution, { functions, edge }: Config): void {
  const shared: Omit<BucketDeploymentProps, 'sources'> = {
    destinationBucket: bucket,
    // Three megabytes are little, but the command that compares and sends them is slow with the processor that comes with the default of 128 MB.
    memoryLimit: 512,
    logGroup: new LogGroup(scope, 'PagesLogs', { retention: functions.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY }),
  };
  const assets = new BucketDeployment(scope, 'Assets', {
    ...shared,
    sources: [Source.asset(join(site, ASSETS))],
    destinationKeyPrefix: ASSETS,
    cacheControl: [FOR_EVER],
    prune: false,
  });
  const pages = new BucketDeployment(scope, 'Pages', {
    ...shared,
    sources: [Source.asset(site), ...Object.entries(documents(edge)).map(([name, document]) => Source.jsonData(name, document))],
    exclude: [`${ASSETS}/*`],
    cacheControl: [CHECKED],
    distribution,
    // It begins before this step ends, and may take longer than a step may: the new pages are there, and the old ones still have their assets.
    waitForDistributionInvalidation: false,
  });
  pages.node.addDependency(assets);
  acceptUploader(scope, bucket);
}

/** The function is CDK's, one for all uploads of a stack. */
function acceptUploader(scope: Construct, bucket: Bucket): void {
  const logicalId = Stack.of(scope).getLogicalId(bucket.node.defaultChild as CfnBucket);
  const wildcards = (reason: string, ...of: readonly string[]): Finding[] =>
    of.map((what) => ({ id: `AwsSolutions-IAM5[${what}]`, reason }));
  for (const uploader of Stack.of(scope).node.children.filter(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment')))
    accept(
      uploader,
      ...(['AwsSolutions-L1', 'Serverless-LambdaLatestVersion'] as const).map(
        (id): Finding => ({ id, reason: "the runtime is CDK's choice for its own code, and is raised with CDK" }),
      ),
      ...(['Serverless-LambdaDLQ', 'Serverless-LambdaTracing'] as const).map(
        (id): Finding => ({ id, reason: 'only deployments call it, wait for it, and fail with it' }),
      ),
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        reason: 'CDK gives its function the policy for writing logs, and nothing else is in it',
      },
      ...wildcards(
        'the verbs for reading and for writing objects, each with its variants, on two buckets: that of the assets and that of the site',
        'Action::s3:GetBucket*',
        'Action::s3:GetObject*',
        'Action::s3:List*',
        'Action::s3:Abort*',
        'Action::s3:DeleteObject*',
      ),
      ...wildcards(
        'all objects of the bucket of the assets, which are named by their content, and of the site, which is uploaded whole',
        'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
        `Resource::<${logicalId}.Arn>/*`,
      ),
      ...wildcards(
        'CDK lets its function invalidate any distribution: to invalidate means to have files fetched again, and nothing worse',
        'Resource::*',
      ),
    );
}
