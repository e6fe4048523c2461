// The one address itself: its name and certificate, how it speaks to its origins, who guards it and what it writes down.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type Config, configOf } from '../../lib/config.ts';
import { type DistributionConfig, distributionOf } from './distribution.ts';
import { synthesized, synthesizedFrom } from './stage.ts';

const prod = synthesized('prod').console as Template;
const dev = synthesized('dev').console as Template;

const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b';
const withDomain = (config: Config): Config => ({ ...config, edge: { ...config.edge, domain: { name: 'stack.example', certificateArn } } });

test('a name of our own comes with its certificate, and with TLS 1.2 as the oldest protocol', () => {
  const template = synthesizedFrom(withDomain(configOf('dev'))).console;
  expect(distributionOf(template)).toMatchObject({
    Aliases: ['stack.example'],
    ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
  });
  template?.hasOutput('Url', { Value: 'https://stack.example' });
  template?.hasOutput('DistributionDomain', { Value: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Distribution'), 'DomainName'] } });
});

test('without one, the address is the name that CloudFront gives', () => {
  expect(distributionOf(dev)).not.toHaveProperty('Aliases');
  dev.hasOutput('Url', {
    Value: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [Match.stringLikeRegexp('^Distribution'), 'DomainName'] }]] },
  });
});

test.each([
  ['dev', dev],
  ['prod', prod],
])('the newest protocols are spoken, over both kinds of addresses: %s', (_, template) => {
  expect(distributionOf(template)).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true });
});

/** Origins that are not spoken to over TLS 1.2, or that anybody but this distribution may read. */
const openOrigins = ({ Origins }: Pick<DistributionConfig, 'Origins'>): string[] =>
  Origins.filter(({ CustomOriginConfig, OriginAccessControlId }: Record<string, Record<string, unknown>>) =>
    CustomOriginConfig
      ? CustomOriginConfig.OriginProtocolPolicy !== 'https-only' || String(CustomOriginConfig.OriginSSLProtocols) !== 'TLSv1.2'
      : OriginAccessControlId === undefined,
  ).map(({ Id }: { Id: string }) => Id);

test('APIs are asked over TLS 1.2, buckets with the signature of the distribution', () => {
  expect(distributionOf(prod).Origins).toHaveLength(4);
  expect(openOrigins(distributionOf(prod))).toEqual([]);
});

test('an origin that is asked in another way is found', () => {
  const old = { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2', 'TLSv1'] };
  const plain = { OriginProtocolPolicy: 'match-viewer', OriginSSLProtocols: ['TLSv1.2'] };
  const Origins = [
    { Id: 'old', CustomOriginConfig: old },
    { Id: 'plain', CustomOriginConfig: plain },
    { Id: 'bucket', S3OriginConfig: {} },
  ];
  expect(openOrigins({ Origins })).toEqual(['old', 'plain', 'bucket']);
});

test('prod stands behind the firewall and writes down who asked for what, as long as its functions keep their logs', () => {
  expect(distributionOf(prod).WebACLId).toBeDefined();
  const { Bucket } = distributionOf(prod).Logging;
  const [logs] = Bucket['Fn::GetAtt'];
  prod.templateMatches({
    Resources: {
      [logs]: {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: {
          // CloudFront comes in by an access control list.
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
          LifecycleConfiguration: { Rules: [{ ExpirationInDays: configOf('prod').functions.logRetentionDays, Status: 'Enabled' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      },
    },
  });
});

test('a stage for trials has neither, and the fewest locations', () => {
  expect(distributionOf(dev)).not.toHaveProperty('WebACLId');
  expect(distributionOf(dev)).not.toHaveProperty('Logging');
  expect(distributionOf(dev).PriceClass).toBe('PriceClass_100');
  expect(distributionOf(prod).PriceClass).toBe('PriceClass_All');
});

test('a handshake passes the function that writes down by which name the client came', () => {
  const { FunctionAssociations = [] } = distributionOf(prod).CacheBehaviors.find(({ PathPattern }) => PathPattern === '/ws*') ?? {};
  expect(FunctionAssociations.map(({ EventType }) => EventType)).toEqual(['viewer-request']);
  const [id] = FunctionAssociations[0]?.FunctionARN['Fn::GetAtt'] ?? [];
  const code = prod.findResources('AWS::CloudFront::Function')[id ?? '']?.Properties.FunctionCode;
  expect(code).toContain('request.headers["x-viewer-host"]');
});

test('errors of origins stay theirs, and none is kept for the next who asks', () => {
  for (const template of [dev, prod]) {
    const { CustomErrorResponses = [] } = distributionOf(template);
    expect(CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
    for (const each of CustomErrorResponses) expect(each).toEqual({ ErrorCode: each.ErrorCode, ErrorCachingMinTTL: 0 });
  }
});

test('what uploads the pages has a log that forgets', () => {
  prod.hasResourceProperties('AWS::Lambda::Function', {
    Runtime: Match.stringLikeRegexp('^python'),
    MemorySize: 512,
    LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('^PagesLogs') } },
  });
  prod.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: configOf('prod').functions.logRetentionDays });
});

test('assets are kept for ever and by name, pages are asked for again; no deployment takes away what open pages may still ask for', () => {
  const deployments = Object.values(prod.findResources('Custom::CDKBucketDeployment'));
  const of = (prefix: string | undefined) => deployments.find(({ Properties }) => Properties.DestinationBucketKeyPrefix === prefix);
  expect(of('assets')?.Properties).toMatchObject({
    Prune: false,
    SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
  });
  expect(of(undefined)?.Properties).toMatchObject({
    Prune: true,
    Exclude: ['assets/*'],
    SystemMetadata: { 'cache-control': 'public, max-age=0, s-maxage=86400' },
    DistributionId: { Ref: expect.stringMatching(/^Distribution/) },
  });
  // First what the pages refer to.
  expect(of(undefined)?.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^AssetsCustomResource/)]));
});
