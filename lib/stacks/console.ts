// The pages, and the one address that everything answers on.
import { Annotations, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { accept } from '../constructs/accepted.ts';
import { accessLogs } from '../edge/access-logs.ts';
import { acceptPictureCode, requestIdCode, sitePagesCode, viewerHostCode } from '../edge/code.ts';
import { apiHeaders, headersPolicy, headersWritten, pageHeaders, pictureHeaders } from '../edge/headers.ts';
import { apiPatterns } from '../edge/patterns.ts';
import { documents, site, siteBucket, uploadSite } from '../edge/site.ts';

/**
 * Errors are the origins' own, without pages of the edge in their place, and each is the answer to one request: by default CloudFront would keep it for
 * ten seconds, by the path alone, for everybody who asks with another query.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
const ownErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) }));

export interface ConsoleProps {
  readonly config: Config;
  /** The REST API. */
  readonly rest: IOrigin;
  readonly webSocketDomain: string;
  readonly pictures: IBucket;
  /** Of the firewall before the distribution, where the stage has one. */
  readonly webAclArn?: string | undefined;
}

export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, { config, rest: restOrigin, webSocketDomain, pictures, webAclArn }: ConsoleProps) {
    super(scope, id);
    const bucket = siteBucket(this, config);
    // Where the edge speaks plain HTTP, so may the upstream.
    const ofPages = pageHeaders(site, config.tls ? ['https:'] : ['https:', 'http:']);
    const apiPolicy = headersPolicy(this, 'Api', apiHeaders);
    const picturePolicy = headersPolicy(this, 'Picture', pictureHeaders);
    const withRequestId = {
      function: this.edgeFunction('RequestId', requestIdCode()),
      eventType: FunctionEventType.VIEWER_RESPONSE,
    };
    const onRequest = (name: string, code: string) => ({
      function: this.edgeFunction(name, code),
      eventType: FunctionEventType.VIEWER_REQUEST,
    });
    const pages: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(bucket),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      // The function answers methods that no page has: CloudFront's own answer to them would be a 403.
      allowedMethods: AllowedMethods.ALLOW_ALL,
      responseHeadersPolicy: headersPolicy(this, 'Page', ofPages),
      functionAssociations: [
        onRequest('Pages', sitePagesCode(site, Object.keys(documents(config.edge)), headersWritten(ofPages))),
        withRequestId,
      ],
    };
    const rest: BehaviorOptions = {
      origin: restOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: apiPolicy,
    };
    const picture: BehaviorOptions = {
      ...rest,
      responseHeadersPolicy: picturePolicy,
      functionAssociations: [onRequest('AcceptPicture', acceptPictureCode())],
    };
    /** Results that are too large to pass through a function. */
    const results: BehaviorOptions = {
      origin: S3BucketOrigin.withOriginAccessControl(asWritten(this, pictures)),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: picturePolicy,
      functionAssociations: [withRequestId],
    };
    const live: BehaviorOptions = {
      ...rest,
      origin: new HttpOrigin(webSocketDomain),
      functionAssociations: [onRequest('ViewerHost', viewerHostCode())],
    };
    const { domain } = config.edge;
    const distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      ...(webAclArn !== undefined && { webAclId: webAclArn }),
      // A stage whose data matters is used from everywhere, and told about: the others cost the least.
      priceClass: config.retainData ? PriceClass.PRICE_CLASS_ALL : PriceClass.PRICE_CLASS_100,
      ...(config.retainData && { logBucket: accessLogs(this, config.functions.logRetentionDays), logFilePrefix: 'edge/' }),
      errorResponses: ownErrors,
      defaultBehavior: pages,
      // The first pattern that matches wins.
      additionalBehaviors: Object.fromEntries([
        ...['/api/swagger*', ...Object.keys(documents(config.edge)).map((name) => `/${name}*`)].map((pattern) => [pattern, pages]),
        ['/api/*/image*', picture],
        ['/results/*', results],
        ['/ws*', live],
        ...apiPatterns.map((pattern) => [pattern, rest]),
      ]),
    });
    accept(distribution, { id: 'AwsSolutions-CFR1', reason: 'the site is for everybody, wherever they are' });
    if (!domain)
      accept(distribution, {
        id: 'AwsSolutions-CFR4',
        reason: "CloudFront's own name comes with its own certificate and oldest protocols; with edge.domain, the oldest is TLS 1.2",
      });
    uploadSite(this, bucket, distribution, config);
    new CfnOutput(this, 'Url', { value: `https://${domain?.name ?? distribution.distributionDomainName}` });
    // What a record of the domain's zone points to.
    if (domain) new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
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
