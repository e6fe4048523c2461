// Pictures in S3. A key is made from the picture's id, so that writing one again changes nothing.
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

export type PictureStorage = ReturnType<typeof pictureStorage>;

export const sourceKey = (id: string) => `sources/${id}`;
/** Also the path at which the edge serves the result from the bucket. */
export const resultKey = (id: string) => `results/${id}`;

export function pictureStorage(s3: S3Client, bucket: string) {
  return {
    async put(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }));
    },
    async get(key: string): Promise<Uint8Array> {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!Body) throw new Error(`object ${key} has no body`);
      return Body.transformToByteArray();
    },
  };
}
