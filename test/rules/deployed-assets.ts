// The bucket of one deployment: the code of its functions, as CloudFormation takes it.
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { TemplateResource } from '../../local/assembly/template.ts';
import { deployedConfig, onAws, TAGS } from './deployed-target.ts';
import { filesOf } from './fixture-sources.ts';
import { zip } from './zip.ts';

export interface Bucket {
  readonly client: S3Client;
  remove(): Promise<void>;
}

export async function bucket(Bucket: string): Promise<Bucket> {
  const config = deployedConfig();
  const client = new S3Client({ ...config, forcePathStyle: !onAws });
  // The first region is the one that may not be named.
  const elsewhere =
    config.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: config.region as 'eu-west-1' } };
  await client.send(new CreateBucketCommand({ Bucket, ...elsewhere }));
  const remove = async () => {
    for (;;) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      if (Contents.length === 0) break;
      const Objects = Contents.map(({ Key }) => ({ Key: String(Key) }));
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    }
    await client.send(new DeleteBucketCommand({ Bucket }));
    client.destroy();
  };
  try {
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: TAGS } }));
  } catch (error) {
    await remove();
    throw error;
  }
  return { client, remove };
}

/** Uploads what the template's functions and layers are made of. */
export async function uploadAssets(
  { client }: Bucket,
  Bucket: string,
  resources: Readonly<Record<string, TemplateResource>>,
): Promise<void> {
  const assets = Object.values(resources).flatMap(({ Properties = {} }) => [Properties.Code, Properties.Content]);
  const keys = new Set(assets.flatMap((asset) => (asset as { S3Key?: string } | undefined)?.S3Key ?? []));
  await Promise.all([...keys].map((Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: zip(filesOf(Key)) }))));
}
