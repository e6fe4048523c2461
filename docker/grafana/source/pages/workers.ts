// Every queue and topic: what waits, for how long, and what failed for good.
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { perSecond } from '../queries.ts';

const of = (metric: string) => [{ expr: metric, legend: '{{queue}}' }];

export const workers: Page = {
  name: 'workers',
  title: 'Workers',
  description: 'Queues, topics and their consumers. The console has the same with a button for dead letters.',
  numbers: [
    number('Waiting', 'sum(queue_waiting_messages)', {
      unit: 'short',
      description: 'Messages and records that no consumer has begun.',
      orange: 100,
      red: 1000,
    }),
    number('In flight', 'sum(queue_in_flight_messages)', { unit: 'short', description: 'Held by consumers. Topics do not tell.' }),
    number('Oldest', 'max(queue_oldest_message_age_seconds)', {
      unit: 's',
      description: 'Age of the oldest message that is not done.',
      orange: 30,
      red: 300,
    }),
    number('Dead letters', 'sum(queue_dead_letters)', {
      unit: 'short',
      description: 'Failed for good, wait for a replay.',
      orange: 1,
      red: 10,
    }),
    number('Replays', perSecond('service="workers",method="POST"'), { unit: 'reqps', description: 'Dead letters put back by somebody.' }),
  ],
  graphs: [
    graph('Waiting by queue', of('queue_waiting_messages'), {
      unit: 'short',
      description: 'What grows is not consumed fast enough.',
      stacked: true,
    }),
    graph('In flight by queue', of('queue_in_flight_messages'), {
      unit: 'short',
      description: 'At the limit of its concurrency, a queue waits.',
      stacked: true,
    }),
    graph('Oldest message by queue', of('queue_oldest_message_age_seconds'), {
      unit: 's',
      description: 'Grows by a second a second: nobody consumes.',
      orange: 30,
      red: 300,
    }),
    graph('Dead letters by queue', of('queue_dead_letters'), {
      unit: 'short',
      description: 'Each is a message that somebody misses.',
      stacked: true,
    }),
  ],
};
