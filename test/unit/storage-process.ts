// A process that storage.test.ts kills: S3 and SQS on the folder given, the address on stdout.
import { createLog } from '../../local/log.ts';
import { storage } from '../../local/services/s3-and-sqs.ts';

const { url } = await storage({ dataDir: String(process.argv[2]), region: 'us-east-1', account: '000000000000', log: createLog('error') });
console.log(url);
