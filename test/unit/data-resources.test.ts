// What each data resource of a template becomes on this machine.
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataHost, dataFolder, dataHost, forget } from './data-resources-host.ts';
import { s3Client, sqsClient } from './storage-clients.ts';

const folder = dataFolder();
let running: DataHost;

beforeAll(async () => {
  running = await dataHost(folder, false);
});

afterAll(async () => {
  await running.stop();
  forget(folder);
});

describe('a queue', () => {
  const attributesOf = async (QueueUrl: string) =>
    (await sqsClient(running.host.storage.url).send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;

  it('has the attributes of its template, and the ARN that SQS itself gives', async () => {
    const dead = await running.create('AWS::SQS::Queue', 'Dead', { MessageRetentionPeriod: 1_209_600 });
    const RedrivePolicy = { deadLetterTargetArn: dead.attributes?.Arn, maxReceiveCount: 3 };

    const queue = await running.create('AWS::SQS::Queue', 'Work', { VisibilityTimeout: 180, RedrivePolicy });

    const attributes = await attributesOf(queue.ref);
    expect(queue.attributes).toEqual({ Arn: attributes?.QueueArn, QueueName: 'Test-Work', QueueUrl: queue.ref });
    expect(attributes).toMatchObject({ VisibilityTimeout: '180', DelaySeconds: '0' });
    expect(JSON.parse(String(attributes?.RedrivePolicy))).toEqual(RedrivePolicy);
  });

  it('follows a changed template, back to the defaults where a property is gone', async () => {
    const first = await running.create('AWS::SQS::Queue', 'Changing', {
      VisibilityTimeout: 180,
      DelaySeconds: 5,
      RedrivePolicy: { deadLetterTargetArn: 'arn:x', maxReceiveCount: 1 },
    });

    const second = await running.create('AWS::SQS::Queue', 'Changing', { VisibilityTimeout: 60 });

    expect(second.ref).toBe(first.ref);
    const attributes = await attributesOf(second.ref);
    expect(attributes).toMatchObject({ VisibilityTimeout: '60', DelaySeconds: '0' });
    expect(attributes).not.toHaveProperty('RedrivePolicy');
  });

  it('is FIFO with the suffix that SQS demands', async () => {
    const queue = await running.create('AWS::SQS::Queue', 'F'.repeat(90), { FifoQueue: true, ContentBasedDeduplication: true });

    expect(queue.attributes?.QueueName).toMatch(/^.{75}\.fifo$/);
    expect(await attributesOf(queue.ref)).toMatchObject({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
  });

  it('is refused where deduplication by group would drop messages here', async () => {
    const queue = running.create('AWS::SQS::Queue', 'Scoped', { FifoQueue: true, DeduplicationScope: 'messageGroup' });

    await expect(queue).rejects.toThrow('DeduplicationScope messageGroup');
  });
});

describe('a bucket', () => {
  it('exists, is an origin under both of its domain names, and may be created again', async () => {
    const bucket = await running.create('AWS::S3::Bucket', 'Pictures', {});

    expect(bucket).toMatchObject({ ref: 'test-pictures', attributes: { Arn: 'arn:aws:s3:::test-pictures' } });
    expect((await s3Client(running.host.storage.url).send(new HeadBucketCommand({ Bucket: bucket.ref }))).$metadata.httpStatusCode).toBe(
      200,
    );
    for (const name of ['DomainName', 'RegionalDomainName'])
      expect(running.host.origins.find(String(bucket.attributes?.[name]))).toBeDefined();
    expect((await running.create('AWS::S3::Bucket', 'Pictures', {})).ref).toBe('test-pictures');
  });

  it('says what S3 has against its name', async () => {
    await expect(running.create('AWS::S3::Bucket', 'Wrong', { BucketName: 'Not_a_name' })).rejects.toThrow(
      /S3 refused the bucket Not_a_name: .*InvalidBucketName/s,
    );
  });
});

describe('a parameter', () => {
  it('holds its value', async () => {
    const parameter = await running.create('AWS::SSM::Parameter', 'Size', { Name: '/app/size', Type: 'String', Value: '3' });

    expect(parameter).toEqual({ ref: '/app/size', attributes: { Type: 'String', Value: '3' } });
    expect(running.host.parameters.get('/app/size')).toBe('3');
  });
});

describe('what cannot be hosted', () => {
  it.each([
    ['AWS::RDS::DBInstance', { Engine: 'postgres' }, 'Engine postgres'],
    ['AWS::RDS::DBProxy', { EngineFamily: 'POSTGRESQL' }, 'EngineFamily POSTGRESQL'],
    ['AWS::ElastiCache::ReplicationGroup', { NumNodeGroups: 2 }, 'not a cluster'],
    ['AWS::RDS::DBProxy', { EngineFamily: 'MYSQL', RequireTLS: true }, 'Switch TLS off'],
    ['AWS::ElastiCache::ReplicationGroup', { TransitEncryptionEnabled: true }, 'Switch TLS off'],
    ['AWS::ElastiCache::ServerlessCache', { Engine: 'memcached' }, 'Engine memcached'],
    ['AWS::SecretsManager::SecretTargetAttachment', { TargetType: 'AWS::RDS::DBCluster' }, 'AWS::RDS::DBInstance only'],
    ['AWS::MSK::Cluster', {}, 'start it without --no-kafka'],
  ])('%s %j is refused with the reason', async (type, properties, reason) => {
    await expect(running.create(type, 'Refused', properties)).rejects.toThrow(reason);
  });
});
