// A Kafka record as the function sees it, and the event that carries a batch of them (K1).
import type { RecordsBatch } from '@platformatic/kafka';
import type { Sized } from '../batch.ts';

export interface TopicRecord extends Sized {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestampMs: number;
  /** `Date.now()` of the fetch: the batching window counts from here. */
  readonly fetchedAt: number;
}

/** Bit of a records batch: its timestamps were set by the broker. */
const LOG_APPEND_TIME = 0b1000;
/** Bit of a records batch: it holds markers of transactions, nothing for functions. */
const CONTROL = 0b10_0000;

/** The records of one fetched batch from `from` on: a fetch starts at a batch's border, which may lie before the offset asked for. */
export function toRecords(batch: RecordsBatch, topic: string, partition: number, from: bigint, fetchedAt: number): TopicRecord[] {
  if (batch.attributes & CONTROL) return [];
  const appended = (batch.attributes & LOG_APPEND_TIME) !== 0;
  return batch.records
    .map((record) => ({ record, offset: batch.firstOffset + BigInt(record.offsetDelta) }))
    .filter(({ offset }) => offset >= from)
    .map(({ record, offset }) => {
      const timestampMs = Number(appended ? batch.maxTimestamp : batch.firstTimestamp + record.timestampDelta);
      const json = JSON.stringify({
        topic,
        partition,
        offset: Number(offset),
        timestamp: timestampMs,
        timestampType: appended ? 'LOG_APPEND_TIME' : 'CREATE_TIME',
        // An absent key or value has no property: JSON leaves undefined out.
        key: record.key?.toString('base64'),
        value: record.value?.toString('base64'),
        headers: record.headers.map(([name, value]) => ({ [name?.toString() ?? '']: [...(value ?? [])] })),
      });
      return { topic, partition, offset, timestampMs, fetchedAt, json };
    });
}

export interface EventSource {
  /** ARN of an MSK cluster; undefined for a self-managed one. */
  readonly arn?: string;
  readonly bootstrapServers: string;
}

export const partitionName = (record: Pick<TopicRecord, 'topic' | 'partition'>): string => `${record.topic}-${record.partition}`;

/** The event's JSON text for the records of one partition. */
export function toEvent(records: readonly TopicRecord[], { arn, bootstrapServers }: EventSource): string {
  const head = arn ? `"eventSource":"aws:kafka","eventSourceArn":${JSON.stringify(arn)}` : '"eventSource":"SelfManagedKafka"';
  const name = records[0] ? JSON.stringify(partitionName(records[0])) : '""';
  const list = records.map((record) => record.json).join(',');
  return `{${head},"bootstrapServers":${JSON.stringify(bootstrapServers)},"records":{${name}:[${list}]}}`;
}
