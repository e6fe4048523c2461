// Custom::CDKBucketDeployment: CDK's upload of asset folders into a bucket, done here without its Python function.
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { isLeftOut, siteFiles } from '../gateway/site/files.ts';
import { upload } from '../gateway/site/upload.ts';
import { jsonFile } from '../services/json-file.ts';
import { physicalName } from './physical-name.ts';
import type { ResourceModule } from './resource.ts';

const fresh = 'the edge caches nothing';

export const module: ResourceModule = {
  type: 'Custom::CDKBucketDeployment',
  honours: [
    'SourceObjectKeys',
    'SourceBucketNames',
    'SourceMarkers',
    'DestinationBucketName',
    'DestinationBucketKeyPrefix',
    'Prune',
    'SystemMetadata',
    'UserMetadata',
    'Exclude',
    'Include',
    'OutputObjectKeys',
  ],
  ignores: {
    ServiceToken: 'this host uploads by itself',
    ServiceTimeout: 'this host uploads by itself',
    SourceMarkersConfig: 'markers are replaced as they stand; JSON is not escaped a second time',
    RetainOnDelete: 'resources are not deleted here, data folders are',
    WaitForDistributionInvalidation: fresh,
    DistributionId: fresh,
    DistributionPaths: fresh,
    DestinationBucketArn: 'the name says it',
  },
  async create(resource, host) {
    const {
      SourceObjectKeys,
      SourceMarkers = [],
      DestinationBucketName: bucket,
      DestinationBucketKeyPrefix = '',
      Exclude = [],
      Include = [],
    } = resource.properties;
    const keys = SourceObjectKeys as readonly string[];
    const filter = { prefix: DestinationBucketKeyPrefix, exclude: Exclude, include: Include };
    const files = siteFiles(
      keys.map((key, i) => ({ folder: host.assembly.assetPath(key), markers: SourceMarkers[i] ?? {} })),
      filter,
    );
    const client = new S3Client({
      endpoint: host.storage.url,
      region: host.options.region,
      forcePathStyle: true,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    const metadata = { system: resource.properties.SystemMetadata ?? {}, user: resource.properties.UserMetadata ?? {} };
    const settings = JSON.stringify(metadata);
    const sentBefore = jsonFile<Record<string, string>>(join(host.options.dataDir, 'bucket-deployments.json'), {});
    const name = `${resource.stack}.${resource.logicalId}`;
    try {
      const { sent, kept, pruned } = await upload(client, {
        bucket,
        prefix: DestinationBucketKeyPrefix,
        files,
        prunes: (key) => String(resource.properties.Prune ?? true) === 'true' && !isLeftOut(key, filter),
        resend: sentBefore.content[name] !== settings,
        metadata,
      });
      sentBefore.content[name] = settings;
      sentBefore.save();
      host.log('debug', 'bucket-deployment', `${bucket}: ${sent} sent, ${kept} unchanged, ${pruned} pruned`);
    } finally {
      client.destroy();
    }
    return {
      ref: physicalName(resource, 64),
      attributes: { DestinationBucketArn: `arn:aws:s3:::${bucket}`, SourceObjectKeys: keys },
    };
  },
};
