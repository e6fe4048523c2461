// Records of a topic by their offsets, outside of any consumer group.
import { type BaseOptions, Consumer, type MessageToProduce, Producer } from '@platformatic/kafka';

export interface TopicLog {
  /** Writes the records from `first` to `last` of a partition to its end again: same key, value and headers. */
  append(partition: number, first: bigint, last: bigint): Promise<void>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 3_000;
const ALL_IN_SYNC_REPLICAS = -1;
/** A batch of a function is at most this large. */
const FETCH_BYTES = 6 * 1024 * 1024;
const MAX_WAIT_MS = 500;

export function openTopicLog(options: BaseOptions, topic: string): TopicLog {
  const patience = { connectTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS, retries: 1, strict: false };
  const consumer = new Consumer({ ...options, ...patience, groupId: `${options.clientId}-replay`, autocommit: false });
  const producer = new Producer({ ...options, ...patience, acks: ALL_IN_SYNC_REPLICAS });

  /** From `offset` on, as much as one fetch gives. */
  async function read(partition: number, offset: bigint): Promise<{ messages: Positioned[]; next: bigint }> {
    const described = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
    const node = described?.partitions[partition]?.leader;
    if (!described || node === undefined) throw new Error(`${topic} has no partition ${partition}`);
    const wanted = { partition, fetchOffset: offset, partitionMaxBytes: FETCH_BYTES, currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
    const { responses } = await consumer.fetch({
      node,
      topics: [{ topicId: described.id, partitions: [wanted] }],
      maxWaitTime: MAX_WAIT_MS,
      maxBytes: FETCH_BYTES,
    });
    const batches = responses.flatMap(({ partitions }) => partitions).flatMap(({ records }) => records ?? []);
    const end = batches.at(-1);
    return {
      messages: batches.flatMap(({ firstOffset, records }) =>
        records.map(({ offsetDelta, key, value, headers }) => ({
          offset: firstOffset + BigInt(offsetDelta),
          message: {
            topic,
            partition,
            ...(key ? { key } : {}),
            ...(value ? { value } : {}),
            headers: new Map(headers.flatMap(([name, content]) => (name && content ? [[name, content] as const] : []))),
          },
        })),
      ),
      next: end ? end.firstOffset + BigInt(end.lastOffsetDelta) + 1n : offset,
    };
  }

  return {
    async append(partition, first, last) {
      for (let offset = first; offset <= last; ) {
        const { messages, next } = await read(partition, offset);
        if (next === offset) throw new Error(`${topic}-${partition} has no record ${offset}`);
        const again = messages.filter((each) => each.offset >= offset && each.offset <= last).map(({ message }) => message);
        if (again.length > 0) await producer.send({ messages: again });
        offset = next;
      }
    },
    async close() {
      await Promise.all([consumer.close(true), producer.close(true)]);
    },
  };
}

interface Positioned {
  readonly offset: bigint;
  readonly message: MessageToProduce;
}
