// How a function on AWS reaches the test, which has no address there: its events are objects of a bucket, and so are the answers.

import { setTimeout as pause } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucket } from './deployed-assets.ts';
import { uniqueName } from './deployed-names.ts';
import type { Event, Transport } from './event-sink.ts';

const LOOK_EVERY_MS = 200;

/** @param arrive gives the answer to an event; where it throws, the function does too. */
export async function bucketTransport(arrive: (event: Event) => Promise<unknown>): Promise<Transport> {
  const Bucket = uniqueName();
  const { client, remove } = await bucket(Bucket);
  const answered = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const event = JSON.parse((await Body?.transformToString()) ?? '');
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    const answer = await arrive(event).then(
      (given) => ({ answer: given ?? null }),
      (error: unknown) => ({ error: String(error) }),
    );
    // Some answers never come, and some too late.
    if (stopping.signal.aborted) return;
    const written = client.send(new PutObjectCommand({ Bucket, Key: Key.replace('events/', 'answers/'), Body: JSON.stringify(answer) }));
    writing.add(written);
    await written.finally(() => writing.delete(written));
  };
  const taken = new Set<string>();
  const writing = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  const polling = (async () => {
    while (!stopping.signal.aborted) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'events/' }));
      const fresh = Contents.flatMap(({ Key = '' }) => (taken.has(Key) ? [] : [Key]));
      for (const key of fresh) {
        taken.add(key);
        answered(key).catch((error: unknown) => {
          if (!stopping.signal.aborted) throw error;
        });
      }
      await pause(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return {
    telling: telling(Bucket),
    async stop() {
      stopping.abort();
      await Promise.allSettled([polling, ...writing]);
      await remove();
    },
  };
}

/** Lambda has the SDK; a function that runs from a folder of this machine finds the project's. */
const telling = (Bucket: string) => `
  const sdk = '@aws-sdk/client-s3';
  const s3 = await import(sdk).catch(() => import(${JSON.stringify(import.meta.resolve('@aws-sdk/client-s3'))}));
  const bucket = new s3.S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const tell = async (event) => {
    const id = Date.now() + '-' + crypto.randomUUID();
    await bucket.send(new s3.PutObjectCommand({ Bucket: '${Bucket}', Key: 'events/' + id, Body: JSON.stringify(event) }));
    for (;;) {
      const answered = await bucket.send(new s3.GetObjectCommand({ Bucket: '${Bucket}', Key: 'answers/' + id })).catch((error) => {
        if (error.name !== 'NoSuchKey') throw error;
      });
      if (answered) {
        const { error, answer } = JSON.parse(await answered.Body.transformToString());
        if (error) throw new Error(error);
        return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };`;
