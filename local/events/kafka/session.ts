// One membership in the consumer group, from joining until it breaks or is stopped (K3, K4, K7).
import { Consumer, findErrorBy, type GroupAssignment } from '@platformatic/kafka';
import type { DeliveryContext } from './delivery.ts';
import { type Fetcher, OffsetOutOfRange, openFetcher } from './fetcher.ts';
import { consumePartition } from './partition.ts';
import type { KafkaSettings } from './settings.ts';
import { committedOffset, startingOffset } from './starting-offset.ts';

export interface SessionOptions {
  readonly settings: KafkaSettings;
  readonly groupId: string;
  readonly delivery: DeliveryContext;
  /**
   * Offsets after what this process has finished, by partition. It outlives the session: a batch that was done while the broker was away
   * and could not be committed is not run again.
   */
  readonly finished: Map<number, bigint>;
  readonly onJoined: () => void;
}

/** Above a fetch's wait; a broker that hangs longer is given up and looked for again. */
const REQUEST_TIMEOUT_MS = 5000;

interface Reader {
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Resolves after `delivery.signal` aborted and the batches in flight are committed; rejects when the broker or the group is lost. */
export async function runSession({ settings, groupId, delivery, finished, onJoined }: SessionOptions): Promise<void> {
  const { topic } = settings;
  const consumer = new Consumer({
    clientId: `stackyard-${groupId}`,
    groupId,
    bootstrapBrokers: delivery.source.bootstrapServers.split(','),
    autocommit: false,
    sessionTimeout: 6000,
    rebalanceTimeout: 6000,
    heartbeatInterval: 1000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectTimeout: REQUEST_TIMEOUT_MS,
    retries: 1,
    retryDelay: 200,
  });
  const ended = Promise.withResolvers<void>();
  const readers = new Map<number, Reader>();
  const fetchers = new Set<Fetcher>();

  const read = async (partition: number, signal: AbortSignal) => {
    const fetcher = openFetcher(consumer, topic, partition, REQUEST_TIMEOUT_MS);
    fetchers.add(fetcher);
    const commit = async (offset: bigint) => {
      finished.set(partition, offset);
      await consumer.commit({ offsets: [{ topic, partition, offset, leaderEpoch: -1 }] });
    };
    try {
      let from = await committedOffset(consumer, topic, partition);
      if (from === undefined) {
        from = await startingOffset(consumer, topic, partition, settings.startingPosition);
        // Committed before the first record: a restart must not take a later LATEST for the start.
        await commit(from);
      }
      const ahead = finished.get(partition) ?? 0n;
      if (ahead > from) await commit(ahead);
      const { batchSize, windowMs } = settings;
      await consumePartition({
        fetcher,
        from: ahead > from ? ahead : from,
        batchSize,
        windowMs,
        delivery: { ...delivery, signal },
        commit,
      });
    } catch (error) {
      // The log lost what the group wanted, by retention or because the topic was made anew: start as a new group would.
      if (error instanceof OffsetOutOfRange) await commit(await startingOffset(consumer, topic, partition, settings.startingPosition));
      throw error;
    }
  };

  const assign = (assignments: readonly GroupAssignment[]) => {
    const assigned = new Set(assignments.filter((assignment) => assignment.topic === topic).flatMap((assignment) => assignment.partitions));
    for (const [partition, reader] of readers) if (!assigned.has(partition)) reader.stop.abort();
    for (const partition of assigned) {
      const before = readers.get(partition);
      if (before && !before.stop.signal.aborted) continue;
      const stop = new AbortController();
      const done = (before?.done ?? Promise.resolve()).then(() => (stop.signal.aborted ? undefined : read(partition, stop.signal)));
      done.catch((error) => ended.reject(error));
      readers.set(partition, { stop, done });
    }
  };

  consumer.on('consumer:group:join', ({ assignments }) => assign(assignments ?? []));
  consumer.on('consumer:heartbeat:stalled', ({ lastError }) =>
    ended.reject(lastError ?? new Error('The group coordinator does not answer.')),
  );
  // Without a listener an 'error' event would end the process.
  consumer.on('error' as never, (error: Error) => ended.reject(error));
  delivery.signal.addEventListener('abort', () => ended.resolve(), { once: true });
  if (delivery.signal.aborted) ended.resolve();
  ended.promise.catch(() => undefined);

  try {
    consumer.topics.trackAll(topic);
    await Promise.race([joinGroup(consumer), ended.promise]);
    onJoined();
    await ended.promise;
  } finally {
    for (const reader of readers.values()) reader.stop.abort();
    // Also after a loss: a partition must not get its next batch while the last one still runs.
    await Promise.allSettled([...readers.values()].map((reader) => reader.done));
    await consumer.close(true).catch(() => undefined);
    await Promise.allSettled([...fetchers].map((fetcher) => fetcher.close()));
  }
}

/**
 * Whoever was killed holds its partitions until its session is over, so a short one; brokers with Kafka's default settings allow no session
 * under 6 s and get that.
 */
const joinGroup = (consumer: Consumer): Promise<string> =>
  consumer.joinGroup({ sessionTimeout: 3000 }).catch((error: Error) => {
    if (findErrorBy(error, 'apiId', 'INVALID_SESSION_TIMEOUT')) return consumer.joinGroup({});
    throw error;
  });
