// fauxqs as this host runs it: on loopback, persisted, and safe against a kill at any moment. Only the storage thread loads it.
import type { DatabaseSync } from 'node:sqlite';
import { type BuildAppOptions, buildApp } from 'fauxqs';
import { transactions } from './fauxqs-transactions.ts';
import { mendFifoQueues } from './fifo-queues.ts';

export interface FauxqsOptions {
  /** Folder of the one SQLite file that holds queues, messages, buckets and objects. */
  readonly dataDir: string;
  readonly region: string;
}

export interface FauxqsServer {
  readonly url: string;
  /** Seconds; undefined where the queue holds no message. */
  oldestMessageAge(queueName: string): number | undefined;
  stop(): Promise<void>;
}

type Stores = NonNullable<BuildAppOptions['stores']>;
export type Persistence = NonNullable<Stores['sqsStore']['persistence']>;
export type Queue = ReturnType<Stores['sqsStore']['createQueue']>;
export type Message = Parameters<Queue['enqueue']>[0];
export type Received = ReturnType<Queue['dequeue']>[number];

/** What SQS refuses in a body. fauxqs takes characters beyond U+FFFF, every emoji among them, for the two halves that they are made of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what SQS takes
const UNSENDABLE = /[^\x09\x0A\x0D\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** SQS deduplicates for five minutes. */
const DEDUPLICATION_MS = 300_000;

/**
 * Resolves when everything that was acknowledged before is loaded again.
 * `startFauxqs` would listen on every interface and `buildApp` alone would forget, so the stores are put together here as `startFauxqs` does;
 * fauxqs does not export them, hence the imports by address (its version is pinned). Objects go to SQLite, not to `s3StorageDir`: that writes
 * body and metadata in place, so a kill in between leaves a file at which the next start fails, and it turns keys into paths unchecked.
 */
export async function fauxqsServer({ dataDir, region }: FauxqsOptions): Promise<FauxqsServer> {
  const inside = (path: string) => import(new URL(path, import.meta.resolve('fauxqs')).href);
  const [{ SqsStore, SqsQueue }, { SnsStore }, { S3Store }, { PersistenceManager }, { INVALID_MESSAGE_BODY_CHAR }] = await Promise.all(
    ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js', 'sqs/sqsTypes.js'].map(inside),
  );
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // No host of its own: queue URLs then carry the address of the request, not a `*.localhost` name that may not resolve.
  stores.sqsStore.host = '';
  mendFifoQueues(SqsQueue.prototype);
  INVALID_MESSAGE_BODY_CHAR.test = (body: string) => UNSENDABLE.test(body);
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  const persistence: Persistence = new PersistenceManager(dataDir);
  const { commit } = makeCrashSafe(persistence);
  app.addHook('onSend', (_request, _reply, _payload, done) => {
    commit();
    done();
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  restore(persistence, stores, url);
  return {
    url,
    oldestMessageAge(queueName) {
      const queue = stores.sqsStore.getQueueByName(queueName);
      const oldest = queue ? oldestOf(queue) : Number.POSITIVE_INFINITY;
      return oldest === Number.POSITIVE_INFINITY ? undefined : (Date.now() - oldest) / 1000;
    },
    async stop() {
      await app.close();
      commit();
      persistence.close();
    },
  };
}

/** When the oldest message was sent, in ms of the epoch; infinity where there is none. */
function oldestOf(queue: Queue): number {
  const { ready, delayed, inflight } = queue.inspectMessages();
  let oldest = Number.POSITIVE_INFINITY;
  for (const { sentTimestamp } of ready) oldest = Math.min(oldest, sentTimestamp);
  for (const { sentTimestamp } of delayed) oldest = Math.min(oldest, sentTimestamp);
  for (const { message } of inflight) oldest = Math.min(oldest, message.sentTimestamp);
  return oldest;
}

function makeCrashSafe(persistence: Persistence): { commit(): void } {
  const { db } = persistence as unknown as { readonly db: DatabaseSync };
  // NORMAL survives the death of the process, which is what happens here; FULL survives a power cut too, at a sixth of the rate.
  db.exec('PRAGMA synchronous = NORMAL');
  // fauxqs would set the receive count to NULL, which its own schema forbids: the message was lost until the next start.
  const makeVisible = db.prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?');
  persistence.updateMessageReady = (messageId) => void makeVisible.run(messageId);
  return transactions(persistence, db);
}

/** Loads before the stores know their persistence: writing back what was just read would delete the messages of each queue. */
function restore(persistence: Persistence, stores: Stores, url: string): void {
  const { db } = persistence as unknown as { readonly db: DatabaseSync };
  // The port is another one after each start, and clients use the queue's URL as the endpoint.
  db.prepare("UPDATE sqs_queues SET url = ? || substr(url, instr(url, '/000000000000/'))").run(url);
  // Whoever held a message died with the run before, so it is free: its visibility timeout would only keep the next run waiting, for minutes.
  db.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  persistence.load(stores.sqsStore, stores.snsStore, stores.s3Store);
  stores.sqsStore.persistence = persistence;
  stores.snsStore.persistence = persistence;
  stores.s3Store.persistence = persistence;
  for (const queue of stores.sqsStore.allQueues()) {
    queue.persistence = persistence;
    rememberDeduplication(queue);
  }
}

/** A sender that got no answer before the kill sends again: what is still queued must not come twice. */
function rememberDeduplication(queue: Queue): void {
  const { ready, delayed, inflight } = queue.inspectMessages();
  for (const message of [...ready, ...delayed, ...inflight.map((entry) => entry.message)]) {
    if (message.messageDeduplicationId && message.sentTimestamp > Date.now() - DEDUPLICATION_MS) {
      queue.recordDeduplication(message.messageDeduplicationId, message.messageId, message.sequenceNumber);
    }
  }
}
