// How far a consumer group is behind in a topic, looked at from outside the group.
import { Consumer } from '@platformatic/kafka';
import { type Fetcher, openFetcher } from './fetcher.ts';
import { committedOffset, startingOffset } from './starting-offset.ts';

export interface Lag {
  /** Records of all partitions that are not committed yet. */
  readonly records: number;
  /** Since the oldest of them was written; 0 where there is none. */
  readonly seconds: number;
}

export interface LagObserver {
  /** Rejects within about a second when the broker does not answer. */
  observe(): Promise<Lag>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 1_000;
/** Kafka gives the first batch whole, however small this is. */
const ONE_BATCH = 1;

/** Looks only when asked, over connections that it keeps. Not a member of the group: members would share partitions with it. */
export function lagObserver(brokers: string, groupId: string, topic: string): LagObserver {
  const consumer = new Consumer({
    clientId: `stackyard-lag-${groupId}`,
    groupId,
    bootstrapBrokers: brokers.split(','),
    autocommit: false,
    requestTimeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
    retries: 0,
  });
  const fetchers = new Map<number, Fetcher>();

  async function ofPartition(partition: number): Promise<Lag> {
    const [committed, end] = await Promise.all([
      committedOffset(consumer, topic, partition),
      startingOffset(consumer, topic, partition, { at: 'LATEST' }),
    ]);
    const from = committed ?? (await startingOffset(consumer, topic, partition, { at: 'TRIM_HORIZON' }));
    if (from >= end) return { records: 0, seconds: 0 };
    const fetcher = fetchers.get(partition) ?? openFetcher(consumer, topic, partition, TIMEOUT_MS, ONE_BATCH);
    fetchers.set(partition, fetcher);
    const [oldest] = (await fetcher.fetch(from, 0)).records;
    return { records: Number(end - from), seconds: oldest ? Math.max(0, Date.now() - oldest.timestampMs) / 1000 : 0 };
  }

  return {
    async observe() {
      const described = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
      const lags = await Promise.all(Array.from({ length: described?.partitionsCount ?? 0 }, (_, partition) => ofPartition(partition)));
      return {
        records: lags.reduce((sum, { records }) => sum + records, 0),
        seconds: Math.max(0, ...lags.map(({ seconds }) => seconds)),
      };
    },
    async close() {
      await Promise.all([...fetchers.values()].map((fetcher) => fetcher.close()));
      await consumer.close(true);
    },
  };
}
