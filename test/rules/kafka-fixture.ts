// A host with a broker, and mappings made on it at will: a topic has to be there before its mapping starts to read.
import { randomUUID } from 'node:crypto';
import { Admin, Consumer, type MessageToProduce, Producer, stringSerializers } from '@platformatic/kafka';
import { expect } from 'vitest';
import { type CreatedMapping, module } from '../../local/resources/lambda-eventsourcemapping.ts';
import { type Event, type EventSink, eventSink, soon } from './event-sink.ts';
import { type FixtureHost, hostFixture, nodeFunction } from './fixture.ts';

export const CLUSTER = 'arn:aws:kafka:us-east-1:000000000000:cluster/rules/0b7d2b1e-1';

export interface KafkaFixture {
  readonly host: FixtureHost;
  readonly sink: EventSink;
  readonly brokers: string;
  /** Makes a topic with a name of its own. */
  topic(partitions?: number): Promise<string>;
  send(
    messages: readonly Pick<MessageToProduce<string, string, string, string>, 'topic' | 'partition' | 'key' | 'value' | 'headers'>[],
  ): Promise<void>;
  /** A mapping of the template's properties, refused as a template's would be. */
  map(topic: string, properties?: object): Promise<CreatedMapping>;
  committed(group: string, topic: string, partition?: number): Promise<bigint | undefined>;
  stop(): Promise<void>;
}

/** @param fn properties of the function, @param resources what else the template holds. */
export async function kafkaFixture(fn: object = {}, resources: Parameters<typeof hostFixture>[0] = {}): Promise<KafkaFixture> {
  const sink = await eventSink();
  const host = await hostFixture({ ...resources, Reader: nodeFunction(sink.source, fn) });
  const { brokers } = await host.host.backends.kafka();
  const options = { clientId: 'rules', bootstrapBrokers: brokers.split(','), retries: 5, retryDelay: 200 };
  const admin = new Admin(options);
  const producer = new Producer({ ...options, serializers: stringSerializers });
  const mappings: CreatedMapping[] = [];
  return {
    host,
    sink,
    brokers,
    topic: async (partitions = 1) => {
      const topic = `t-${randomUUID()}`;
      await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
      // A send that meets one partition without its leader is repeated whole, and would write the other partitions' records twice.
      const ends = Array.from({ length: partitions }, (_, partitionIndex) => ({ partitionIndex, timestamp: -1n }));
      await expect
        .poll(() => admin.listOffsets({ topics: [{ name: topic, partitions: ends }] }).then(() => 'led', String), soon)
        .toBe('led');
      return topic;
    },
    send: async (messages) => {
      await producer.send({ messages: messages.map((message) => ({ partition: 0, ...message })), acks: -1 });
    },
    map: async (topic, properties = {}) => {
      const resource = {
        stack: 'Rules',
        logicalId: `Mapping-${topic}`,
        type: module.type,
        metadata: {},
        properties: {
          EventSourceArn: CLUSTER,
          FunctionName: host.ref('Reader'),
          Topics: [topic],
          StartingPosition: 'TRIM_HORIZON',
          MaximumBatchingWindowInSeconds: 0,
          ...properties,
        },
      };
      const refusals = module.refuses(resource);
      if (refusals.length > 0) throw new Error(refusals.join(' '));
      const mapping = await module.create(resource, host.host);
      mappings.push(mapping);
      return mapping;
    },
    committed: async (group, topic, partition = 0) => {
      const consumer = new Consumer({ ...options, groupId: group });
      const offsets = await consumer.listCommittedOffsets({ topics: [{ topic, partitions: [partition] }] });
      await consumer.close(true);
      return offsets.get(topic)?.[partition];
    },
    stop: async () => {
      await Promise.all(mappings.map((mapping) => mapping.stop?.()));
      await Promise.all([producer.close(), admin.close()]);
      await host.stop();
      await sink.stop();
    },
  };
}

export const recordsOf = (events: readonly Event[], topic: string): Event[] =>
  events
    .flatMap((event) => Object.values<Event[]>(event.records))
    .flat()
    .filter((record) => record.topic === topic);

export const valuesOf = (events: readonly Event[], topic: string): string[] =>
  recordsOf(events, topic).map((record) => Buffer.from(record.value, 'base64').toString());
