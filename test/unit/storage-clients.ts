// S3 and SQS clients with only an endpoint set, as functions have them.
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

export const s3Client = (endpoint: string) => new S3Client({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
export const sqsClient = (endpoint: string) => new SQSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
