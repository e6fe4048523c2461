// Messages: received, stored in order, pushed to listeners.
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { perSecond, perSecondBy, perSecondByRoute, quantiles } from '../queries.ts';

const MESSAGES = 'service="messages"';
const SENT = `${MESSAGES},method="POST",route="/endpoint"`;
const QUEUES = 'queue=~"messages|pushes|greetings"';

export const messages: Page = {
  name: 'messages',
  title: 'Messages',
  description: 'A message is queued when it is acknowledged, stored next, and pushed to whoever listens.',
  numbers: [
    number('Received', perSecond(`${SENT},status="200"`), { unit: 'cps', description: 'Acknowledged messages a second.' }),
    number('To be stored', 'queue_waiting_messages{queue="messages"}', {
      unit: 'short',
      description: 'Acknowledged and not in the list yet.',
      orange: 100,
      red: 1000,
    }),
    number('To be pushed', 'sum(queue_waiting_messages{queue=~"pushes|greetings"})', {
      unit: 'short',
      description: 'Listeners have not heard of these yet.',
      orange: 100,
      red: 1000,
    }),
    number('Oldest', `max(queue_oldest_message_age_seconds{${QUEUES}})`, {
      unit: 's',
      description: 'Age of the oldest message that is not done.',
      orange: 5,
      red: 60,
    }),
    number('Dead letters', `sum(queue_dead_letters{${QUEUES}})`, {
      unit: 'short',
      description: 'Failed for good, of all three queues.',
      orange: 1,
      red: 10,
    }),
  ],
  graphs: [
    graph('Answers to senders', [perSecondBy('status', SENT)], {
      unit: 'reqps',
      description: '200 queued, 400 refused, 413 too large, 5xx our fault.',
      stacked: true,
    }),
    graph('Time to acknowledge', quantiles(SENT), { unit: 's', description: 'Until the queue holds the message.', orange: 0.5 }),
    graph('Waiting by queue', [{ expr: `queue_waiting_messages{${QUEUES}}`, legend: '{{queue}}' }], {
      unit: 'short',
      description: 'messages: to be stored. pushes: to be told. greetings: connections that have just come.',
      stacked: true,
    }),
    graph('Requests by route', [perSecondByRoute(MESSAGES)], { unit: 'reqps', description: 'Who sends, who reads.', stacked: true }),
  ],
};
