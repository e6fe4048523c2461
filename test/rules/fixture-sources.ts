// The code that templates of fixtures name: functions and layers as files, by the key of their asset.
import { createHash } from 'node:crypto';
import type { TemplateResource } from '../../local/assembly/template.ts';

export type Files = Readonly<Record<string, string>>;

const sources = new Map<string, Files>();

/** A function whose code is `index.mjs` with this source, or these files. Its name is its logical id unless `properties` give one. */
export function nodeFunction(source: string | Files, properties: object = {}): TemplateResource {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: asset(typeof source === 'string' ? { 'index.mjs': source } : source),
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: 'arn:aws:iam::000000000000:role/any',
      ...properties,
    },
  };
}

/** An asset folder for a `Content` or `Code` property: `{ S3Bucket, S3Key }`. */
export function asset(files: Files): { S3Bucket: string; S3Key: string } {
  const key = `${createHash('sha256').update(JSON.stringify(files)).digest('hex')}.zip`;
  sources.set(key, files);
  return { S3Bucket: 'assets', S3Key: key };
}

export function filesOf(key: string): Files {
  const files = sources.get(key);
  if (!files) throw new Error(`the fixture has no asset ${key}`);
  return files;
}
