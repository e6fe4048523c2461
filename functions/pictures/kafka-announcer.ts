import { Producer, stringSerializers } from '@platformatic/kafka';
import { kafkaOptions } from '../shared/kafka.ts';
import { REQUEST_ID } from '../shared/request-context.ts';
import { sending } from '../shared/tracing/kinds.ts';
import { inSpan, REQUEST_ID_ATTRIBUTE } from '../shared/tracing/span.ts';
import { traceHeaders } from '../shared/tracing/trace-context.ts';
import type { Announcer } from './job.ts';

/** A broker that is away is given up after this long: the outbox relay announces the job later. */
const TIMEOUT_MS = 3_000;
const ALL_IN_SYNC_REPLICAS = -1;

export function kafkaAnnouncer(topic: string): Announcer {
  let producer: Promise<Producer<string, string, string, string>> | undefined;
  const connect = async () =>
    new Producer({
      ...(await kafkaOptions()),
      serializers: stringSerializers,
      acks: ALL_IN_SYNC_REPLICAS,
      connectTimeout: TIMEOUT_MS,
      requestTimeout: TIMEOUT_MS,
      retries: 3,
      retryDelay: 200,
      strict: false,
    });

  return {
    async announce({ id, key }, requestId) {
      producer ??= connect();
      const current = producer;
      try {
        const ready = await current;
        await inSpan(`send ${topic}`, sending('kafka', topic, { [REQUEST_ID_ATTRIBUTE]: requestId }), () =>
          ready.send({
            messages: [{ topic, key: id, value: JSON.stringify({ id, key }), headers: { [REQUEST_ID]: requestId, ...traceHeaders() } }],
          }),
        );
      } catch (error) {
        // A producer that failed may hold dead connections: the next announcement starts with a new one.
        if (producer === current) producer = undefined;
        await current.then((failed) => failed.close(true)).catch(() => undefined);
        throw error;
      }
    },
  };
}
