// Fetches one partition on a connection of its own: a fetch that waits for records blocks everything else on its connection.
import { ConnectionPool, type Consumer, findErrorBy } from '@platformatic/kafka';
import { type TopicRecord, toRecords } from './record.ts';

export interface Fetched {
  readonly records: readonly TopicRecord[];
  /** Offset after the last one fetched, markers of transactions included. */
  readonly next: bigint;
}

export interface Fetcher {
  /** Waits up to `waitMs` for a record. Rejects with `OffsetOutOfRange` when the log does not have `offset`. */
  fetch(offset: bigint, waitMs: number): Promise<Fetched>;
  /** Ends a waiting fetch by closing its connection. */
  close(): Promise<void>;
}

export class OffsetOutOfRange extends Error {
  override readonly name = 'OffsetOutOfRange';
}

/** One fetch holds at most this much of a partition in memory; Kafka sends one larger record nevertheless. */
const FETCH_BYTES = 8 * 1024 * 1024;

export function openFetcher(
  consumer: Consumer,
  topic: string,
  partition: number,
  requestTimeout: number,
  fetchBytes: number = FETCH_BYTES,
): Fetcher {
  const connectionPool = new ConnectionPool(`${consumer.clientId}-${topic}-${partition}`, {
    requestTimeout,
    connectTimeout: requestTimeout,
  });
  return {
    fetch: async (offset, waitMs) => {
      const metadata = await consumer.metadata({ topics: [topic] });
      const described = metadata.topics.get(topic);
      const leader = described?.partitions[partition]?.leader;
      if (!described || leader === undefined) throw new Error(`The topic ${topic} has no partition ${partition} any more.`);
      const request = { partition, fetchOffset: offset, partitionMaxBytes: fetchBytes, currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
      const response = await consumer
        .fetch({
          node: leader,
          topics: [{ topicId: described.id, partitions: [request] }],
          connectionPool,
          maxWaitTime: waitMs,
          maxBytes: fetchBytes,
        })
        .catch((error: Error) => {
          throw findErrorBy(error, 'apiId', 'OFFSET_OUT_OF_RANGE') ? new OffsetOutOfRange(error.message) : error;
        });
      const batches = response.responses.flatMap((answer) => answer.partitions).flatMap((answer) => answer.records ?? []);
      const last = batches.at(-1);
      const fetchedAt = Date.now();
      return {
        records: batches.flatMap((batch) => toRecords(batch, topic, partition, offset, fetchedAt)),
        next: last ? last.firstOffset + BigInt(last.lastOffsetDelta) + 1n : offset,
      };
    },
    close: async () => {
      await connectionPool.close();
    },
  };
}
