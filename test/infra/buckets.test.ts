// Buckets: encrypted, closed, spoken to in TLS only, and nothing in them for ever.
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { configOf } from '../../lib/config.ts';
import { dataOf } from './data-stack.ts';
import { stackOf } from './stage.ts';

const [prod, dev] = [dataOf(configOf('prod')), dataOf(configOf('dev'))];

test('every bucket is encrypted, speaks only TLS and is never public', () => {
  for (const template of [prod, stackOf('prod', 'console')]) {
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    const buckets = Object.keys(template.findResources('AWS::S3::Bucket')).length;
    const denied = { Action: 's3:*', Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    template.resourcePropertiesCountIs(
      'AWS::S3::BucketPolicy',
      { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(denied)]) } },
      buckets,
    );
  }
});

test('pictures expire, sources after a week, results after a month, and unfinished uploads after a day', () => {
  prod.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: Match.arrayWith([
        Match.objectLike({ Prefix: 'sources/', ExpirationInDays: 7, Status: 'Enabled' }),
        Match.objectLike({ Prefix: 'results/', ExpirationInDays: 30, Status: 'Enabled' }),
        Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' }),
      ]),
    },
  });
});

test('in prod it is logged who asked for pictures, in a bucket that only S3 writes to and that forgets after 90 days', () => {
  const [logs] = Object.keys(prod.findResources('AWS::S3::Bucket', { Properties: { LoggingConfiguration: Match.absent() } }));
  prod.hasResourceProperties('AWS::S3::Bucket', {
    LoggingConfiguration: { DestinationBucketName: { Ref: logs }, LogFilePrefix: 'pictures/' },
  });
  prod.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }] },
  });
  prod.hasResourceProperties('AWS::S3::BucketPolicy', {
    Bucket: { Ref: logs },
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'logging.s3.amazonaws.com' }, Effect: 'Allow' }),
      ]),
    },
  });
  expect(bucketsOf(dev)).toBe(1);
});

test('pictures are read by distributions of this account, and by nobody else outside', () => {
  const [policy] = Object.values(prod.findResources('AWS::S3::BucketPolicy')).filter((found) =>
    JSON.stringify(found).includes('cloudfront'),
  );
  const allowed = policy?.Properties.PolicyDocument.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
  const arn = ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/*'];
  expect(allowed).toEqual([
    expect.objectContaining({
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { ArnLike: { 'AWS:SourceArn': { 'Fn::Join': ['', arn] } } },
    }),
  ]);
});

const bucketsOf = (template: Template) => Object.keys(template.findResources('AWS::S3::Bucket')).length;
