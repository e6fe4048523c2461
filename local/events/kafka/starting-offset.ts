// Where a partition is read from (K4).
import type { Consumer } from '@platformatic/kafka';
import type { StartingPosition } from './settings.ts';

/** Kafka's names for the ends of a log in a ListOffsets request. */
const LATEST = -1n;
const EARLIEST = -2n;

/** The group's committed offset; undefined where it never committed one. */
export async function committedOffset(consumer: Consumer, topic: string, partition: number): Promise<bigint | undefined> {
  const committed = await consumer.listCommittedOffsets({ topics: [{ topic, partitions: [partition] }] });
  const offset = committed.get(topic)?.[partition];
  return offset === undefined || offset < 0n ? undefined : offset;
}

export async function startingOffset(consumer: Consumer, topic: string, partition: number, position: StartingPosition): Promise<bigint> {
  const list = async (timestamp: bigint) => {
    const offsets = await consumer.listOffsets({ topics: [topic], partitions: { [topic]: [partition] }, timestamp });
    const offset = offsets.get(topic)?.[partition];
    if (offset === undefined) throw new Error(`The broker tells no offset of ${topic}-${partition}.`);
    return offset;
  };
  if (position.at === 'LATEST') return list(LATEST);
  if (position.at === 'TRIM_HORIZON') return list(EARLIEST);
  const atTimestamp = await list(BigInt(position.timestampMs ?? 0));
  // No record is that young yet: the next one is.
  return atTimestamp < 0n ? list(LATEST) : atTimestamp;
}
