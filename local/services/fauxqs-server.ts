// fauxqs as this host runs it: on loopback, persisted, and safe against a kill at any moment. Only the storage thread loads it.
import type { DatabaseSync } from 'node:sqlite';
import { type BuildAppOptions, buildApp } from 'fauxqs';

export interface FauxqsOptions {
  /** Folder of the one SQLite file that holds queues, messages, buckets and objects. */
  readonly dataDir: string;
  readonly region: string;
}

type Stores = NonNullable<BuildAppOptions['stores']>;
type Persistence = NonNullable<Stores['sqsStore']['persistence']>;
type Queue = ReturnType<Stores['sqsStore']['createQueue']>;

/** SQS deduplicates for five minutes. */
const DEDUPLICATION_MS = 300_000;

/**
 * Resolves when everything that was acknowledged before is loaded again.
 * `startFauxqs` would listen on every interface and `buildApp` alone would forget, so the stores are put together here as `startFauxqs` does;
 * fauxqs does not export them, hence the imports by address (its version is pinned). Objects go to SQLite, not to `s3StorageDir`: that writes
 * body and metadata in place, so a kill in between leaves a file at which the next start fails, and it turns keys into paths unchecked.
 */
export async function fauxqsServer({ dataDir, region }: FauxqsOptions): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const inside = (path: string) => import(new URL(path, import.meta.resolve('fauxqs')).href);
  const [{ SqsStore, SqsQueue }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all(
    ['sqs/sqsStore.js', 'sns/snsStore.js', 's3/s3Store.js', 'persistence.js'].map(inside),
  );
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // No host of its own: queue URLs then carry the address of the request, not a `*.localhost` name that may not resolve.
  stores.sqsStore.host = '';
  const app = buildApp({ logger: false, defaultRegion: region, stores });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });

  const persistence: Persistence = new PersistenceManager(dataDir);
  makeCrashSafe(persistence, SqsQueue.prototype);
  restore(persistence, stores, url);
  return {
    url,
    async stop() {
      await app.close();
      persistence.close();
    },
  };
}

function makeCrashSafe(persistence: Persistence, queues: Pick<Queue, 'dequeue'>): void {
  const { db } = persistence as unknown as { readonly db: DatabaseSync };
  // NORMAL survives the death of the process, which is what happens here; FULL survives a power cut too, at a sixth of the rate.
  db.exec('PRAGMA synchronous = NORMAL');
  // fauxqs would set the receive count to NULL, which its own schema forbids: the message was lost until the next start.
  const makeVisible = db.prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?');
  persistence.updateMessageReady = (messageId) => void makeVisible.run(messageId);
  // A move to the dead-letter queue is a delete and an insert: in one transaction, so that no kill falls between them.
  const { dequeue } = queues;
  queues.dequeue = function (this: Queue, ...request) {
    db.exec('BEGIN');
    try {
      return dequeue.apply(this, request);
    } finally {
      db.exec('COMMIT');
    }
  };
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
