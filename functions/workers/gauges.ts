// What `/metrics` is told of queues and topics: the page's report as numbers. What cannot be read now is left out.
import type { Gauge } from '../shared/metrics/gauges.ts';
import type { Report } from './routes.ts';

type Queue = Report['queues'][number];

const metrics: readonly { readonly name: string; readonly help: string; readonly of: (queue: Queue) => number | null }[] = [
  { name: 'queue_waiting_messages', help: 'Messages that wait in a queue, or records in a topic.', of: ({ waiting }) => waiting },
  { name: 'queue_in_flight_messages', help: 'Messages that consumers hold.', of: ({ inFlight }) => inFlight },
  {
    name: 'queue_oldest_message_age_seconds',
    help: 'Age of the oldest message that is not done; 0 where there is none.',
    of: ({ oldestAgeSeconds }) => oldestAgeSeconds,
  },
  { name: 'queue_dead_letters', help: 'Messages that failed for good and wait for a replay.', of: ({ deadLetters }) => deadLetters },
];

export const queueGauges = ({ queues }: Report): Gauge[] =>
  metrics.map(({ name, help, of }) => ({
    name,
    help,
    samples: queues.flatMap((queue) => {
      const value = of(queue);
      return value === null ? [] : [{ labels: { queue: queue.name }, value }];
    }),
  }));
