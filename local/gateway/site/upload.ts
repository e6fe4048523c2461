// Brings a bucket to the state of a site: what changed is sent, what is gone is pruned, the rest is left alone.
import { createHash } from 'node:crypto';
import {
  DeleteObjectsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { contentType } from './content-types.ts';
import type { SiteFile } from './files.ts';

export interface Deployment {
  readonly bucket: string;
  /** Only keys under it are pruned. */
  readonly prefix: string;
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Whether an object goes that no file is for. */
  readonly prunes: (key: string) => boolean;
  /** Sends unchanged files too: their metadata has changed, which a listing does not show. */
  readonly resend: boolean;
  readonly metadata: {
    /** `cache-control`, `content-type`, … as CDK writes them. */
    readonly system: Readonly<Record<string, string>>;
    readonly user: Readonly<Record<string, string>>;
  };
}

/** At most 1000 keys go into one DeleteObjects. */
const DELETE_BATCH = 1000;

/** Rejects as S3 does. The counts are of objects. */
export async function upload(
  client: S3Client,
  { bucket, prefix, files, prunes, resend, metadata }: Deployment,
): Promise<{ sent: number; kept: number; pruned: number }> {
  const there = await etags(client, bucket, prefix);
  const changed = [...files.values()].filter(({ key, content }) => resend || there.get(key) !== md5(content));
  const settings = objectSettings(metadata);
  await Promise.all(
    changed.map(({ key, content }) =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content, ContentType: contentType(key), ...settings })),
    ),
  );
  const gone = [...there.keys()].filter((key) => !files.has(key) && prunes(key));
  for (let i = 0; i < gone.length; i += DELETE_BATCH) {
    const Objects = gone.slice(i, i + DELETE_BATCH).map((Key) => ({ Key }));
    await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
  }
  return { sent: changed.length, kept: files.size - changed.length, pruned: gone.length };
}

/** By key, without quotes: the MD5 of what was put in one piece. */
async function etags(client: S3Client, bucket: string, prefix: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key = '', ETag = '' } of Contents) found.set(Key, ETag.replaceAll('"', ''));
  }
  return found;
}

const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

function objectSettings({ system, user }: Deployment['metadata']): Partial<PutObjectCommandInput> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(system)) {
    const setting = SETTINGS[name];
    if (!setting) throw new Error(`the system metadata ${name} is not known here; known are ${Object.keys(SETTINGS).join(', ')}.`);
    settings[setting] = value;
  }
  return { ...settings, ...(Object.keys(user).length > 0 && { Metadata: { ...user } }) };
}

const SETTINGS: Readonly<Record<string, keyof PutObjectCommandInput>> = {
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'content-type': 'ContentType',
};
