// The pages, and the one address that everything answers on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type IOrigin,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { openApi } from '../documentation/openapi.ts';
import { postmanCollection } from '../documentation/postman.ts';
import { acceptPictureCode, requestIdCode, sitePagesCode } from '../edge/code.ts';
import { apiPatterns } from '../edge/patterns.ts';

export interface ConsoleProps {
  /** The REST API. */
  readonly rest: IOrigin;
  readonly webSocketDomain: string;
  readonly pictures: IBucket;
  readonly retainData: boolean;
}

const site = join(import.meta.dirname, '../../web/dist');

export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, { rest: restOrigin, webSocketDomain, pictures, retainData }: ConsoleProps) {
    super(scope, id);
    if (!existsSync(join(site, 'index.html'))) throw new Error('The console is not built. Build it with: npx vite build web');
    const bucket = new Bucket(this, 'Site', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const documents = { 'api/openapi.json': openApi(), 'api/postman.json': postmanCollection() };
    const withRequestId = {
      function: this.edgeFunction('RequestId', requestIdCode()),
      eventType: FunctionEventType.VIEWER_RESPONSE,
    };
    const pages: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // The function answers methods that no page has: CloudFront's own answer to them would be a 403.
      allowedMethods: AllowedMethods.ALLOW_ALL,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      functionAssociations: [
        { function: this.edgeFunction('Pages', sitePagesCode(site, Object.keys(documents))), eventType: FunctionEventType.VIEWER_REQUEST },
        withRequestId,
      ],
    };
    const rest: BehaviorOptions = {
      origin: restOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    };
    const picture: BehaviorOptions = {
      ...rest,
      functionAssociations: [
        { function: this.edgeFunction('AcceptPicture', acceptPictureCode()), eventType: FunctionEventType.VIEWER_REQUEST },
      ],
    };
    /** Results that are too large to pass through a function. */
    const results: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(asWritten(this, pictures)),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
      functionAssociations: [withRequestId],
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      defaultBehavior: pages,
      // The first pattern that matches wins.
      additionalBehaviors: Object.fromEntries([
        ...['/api/swagger*', ...Object.keys(documents).map((name) => `/${name}*`)].map((pattern) => [pattern, pages]),
        ['/api/*/image*', picture],
        ['/results/*', results],
        ['/ws*', { ...rest, origin: new HttpOrigin(webSocketDomain) }],
        ...apiPatterns.map((pattern) => [pattern, rest]),
      ]),
    });
    new BucketDeployment(this, 'Pages', {
      destinationBucket: bucket,
      sources: [Source.asset(site), ...Object.entries(documents).map(([name, document]) => Source.jsonData(name, document))],
      distribution,
    });
    new CfnOutput(this, 'Url', { value: `https://${distribution.distributionDomainName}` });
  }

  private edgeFunction(id: string, code: string): EdgeFunction {
    return new EdgeFunction(this, `${id}Function`, { code: FunctionCode.fromInline(code), runtime: FunctionRuntime.JS_2_0 });
  }
}

/** The bucket as another stack wrote it, policy included: what this stack would add there, it would add in a circle. */
function asWritten(scope: Construct, { bucketArn, bucketRegionalDomainName }: IBucket): IBucket {
  Annotations.of(scope).acknowledgeWarning(
    '@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac',
    'the data stack lets CloudFront read it',
  );
  return Bucket.fromBucketAttributes(scope, 'PicturesAsWritten', { bucketArn, bucketRegionalDomainName });
}
