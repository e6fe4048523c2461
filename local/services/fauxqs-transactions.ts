// One transaction for all that a request writes to fauxqs's database, and none that is still open when its answer leaves.
import type { DatabaseSync } from 'node:sqlite';
import type { Persistence } from './fauxqs-server.ts';

/** What is written for messages; a batch of ten is up to twenty of these. */
const writes = ['insertMessage', 'deleteMessage', 'updateMessageInflight', 'updateMessageReady', 'updateQueueSequenceCounter'] as const;

/**
 * Opens a transaction at the first write for a message. Call `commit` before each answer and at the end: what is acknowledged must outlive a kill.
 * A move to a dead-letter queue is a delete and an insert: both are in one, so that no kill falls between them.
 */
export function transactions(persistence: Persistence, db: DatabaseSync): { commit(): void } {
  const commit = () => {
    if (db.isTransaction) db.exec('COMMIT');
  };
  const begin = () => {
    if (!db.isTransaction) db.exec('BEGIN');
  };
  for (const name of writes) {
    const write = persistence[name].bind(persistence) as (...input: unknown[]) => void;
    persistence[name] = (...input: unknown[]) => {
      begin();
      write(...input);
    };
  }
  const own = persistence as unknown as { transaction(work: () => void): void };
  const transaction = own.transaction.bind(persistence);
  own.transaction = (work) => {
    commit();
    transaction(work);
  };
  return { commit };
}
