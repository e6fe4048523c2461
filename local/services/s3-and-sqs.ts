// S3 and SQS: fauxqs on loopback, persisted under the data folder.
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';

export interface Storage {
  /** Endpoint of both services. */
  readonly url: string;
  /** Seconds since the oldest message of a queue was sent; undefined where it holds none, or there is no such queue. */
  oldestMessageAge(queueName: string): Promise<number | undefined>;
  stop(): Promise<void>;
}

export interface StorageOptions {
  readonly dataDir: string;
  readonly region: string;
  readonly account: string;
  readonly log: Log;
}

/** The account that fauxqs writes into every ARN. */
const ACCOUNT = '000000000000';

export async function storage({ dataDir, region, account, log }: StorageOptions): Promise<Storage> {
  if (account !== ACCOUNT) throw new Error(`S3 and SQS here only know the account ${ACCOUNT}: leave the option account (${account}) out`);
  const thread = new Worker(new URL('./storage-thread.ts', import.meta.url), {
    workerData: { dataDir: join(dataDir, 's3-and-sqs'), region },
    // Bodies lie outside of the heap: a larger young generation would only hold 10 MB of garbage.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [url] = (await once(thread, 'message')) as [string];
  // `once` of node:events would reject at an error of the thread, and nobody would be there to catch it.
  const stopped = new Promise((resolve) => thread.once('exit', resolve));
  thread.on('error', (error) => log('error', 's3-and-sqs', `ended, start again to get it back: ${error.stack}`));
  const asked = new Map<number, (age: number | undefined) => void>();
  let questions = 0;
  thread.on('message', ({ question, age }: { question: number; age: number | undefined }) => {
    asked.get(question)?.(age);
    asked.delete(question);
  });
  return {
    url,
    oldestMessageAge(queueName) {
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      asked.set(++questions, resolve);
      thread.postMessage({ question: questions, queueName });
      return promise;
    },
    async stop() {
      thread.postMessage('stop');
      await stopped;
    },
  };
}
