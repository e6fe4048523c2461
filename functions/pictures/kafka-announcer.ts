import { Producer, stringSerializers } from '@platformatic/kafka';
import { kafkaOptions } from '../shared/kafka.ts';
import { REQUEST_ID } from '../shared/request-context.ts';
import { sending } from '../shared/tracing/kinds.ts';
import { inSpan, REQUEST_ID_ATTRIBUTE } from '../shared/tracing/span.ts';
import { traceHeaders } from '../shared/tracing/trace-context.ts';
import { within } from '../shared/within.ts';
import type { Announcer, Job } from './job.ts';

/** Nobody waits longer, whatever hangs: the outbox relay announces what was not, or is not known to be. A job that comes twice is done once. */
const DEADLINE_MS = 3_000;
/** Of the deadline, for one connection or one request: where a broker hangs there is time to ask another one. */
const TRY_SHARE = 0.4;
const ALL_IN_SYNC_REPLICAS = -1;

type JobProducer = Producer<string, string, string, string>;

/** `announce` rejects where Kafka has not taken the job within `deadlineMs`; it may still take it then. */
export function kafkaAnnouncer(topic: string, options = kafkaOptions, deadlineMs = DEADLINE_MS): Announcer {
  let producer: Promise<JobProducer> | undefined;
  const connect = async () =>
    new Producer({
      ...(await options()),
      serializers: stringSerializers,
      acks: ALL_IN_SYNC_REPLICAS,
      connectTimeout: TRY_SHARE * deadlineMs,
      requestTimeout: TRY_SHARE * deadlineMs,
      retries: 3,
      retryDelay: 200,
      strict: false,
    });

  async function send(current: Promise<JobProducer>, { id, key }: Job, requestId: string): Promise<void> {
    const headers = { [REQUEST_ID]: requestId, ...traceHeaders() };
    await (await current).send({ messages: [{ topic, key: id, value: JSON.stringify({ id, key }), headers }] });
  }

  return {
    async announce(job, requestId) {
      producer ??= connect();
      const current = producer;
      try {
        await inSpan(`send ${topic}`, sending('kafka', topic, { [REQUEST_ID_ATTRIBUTE]: requestId }), () =>
          within(deadlineMs, send(current, job, requestId)),
        );
      } catch (error) {
        // A producer that failed may hold dead connections: the next announcement starts with a new one, and nobody waits until this one is closed.
        if (producer === current) producer = undefined;
        void current.then((failed) => failed.close(true)).catch(() => undefined);
        throw error;
      }
    },
  };
}
