// The first page: is everything well, and if not, which system's page is the one to open?
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { partPerSecondBy, perSecond, perSecondBy, share, slowestBy } from '../queries.ts';

/** What Prometheus asks itself is nobody's traffic. */
const CLIENTS = 'service!="metrics"';
const FAILED = `${CLIENTS},status=~"5.."`;

export const overview: Page = {
  name: 'overview',
  title: 'Overview',
  description: 'All systems on one page. What is orange or red has a page of its own.',
  numbers: [
    number('Application', 'up{job="stackyard"}', {
      unit: 'short',
      description: 'Whether the last scrape of /metrics was answered.',
      words: { 0: { text: 'away', color: 'red' }, 1: { text: 'answers', color: 'green' } },
    }),
    number('Requests', perSecond(CLIENTS), {
      unit: 'reqps',
      description: 'Answered by functions, and checkouts. Not what API Gateway refuses.',
    }),
    number('Failing requests', share(FAILED, CLIENTS), {
      unit: 'percentunit',
      description: 'Answered with 5xx: our fault.',
      orange: 0.001,
      red: 0.01,
    }),
    number('Waiting work', 'sum(queue_waiting_messages)', {
      unit: 'short',
      description: 'Messages and records that no consumer has begun.',
      orange: 100,
      red: 1000,
    }),
    number('Dead letters', 'sum(queue_dead_letters)', {
      unit: 'short',
      description: 'Failed for good. The page of workers replays them.',
      orange: 1,
      red: 10,
    }),
    number('Parked checkouts', 'sagas{state="parked"}', { unit: 'short', description: 'Sagas that need somebody to look.', red: 1 }),
  ],
  graphs: [
    graph('Requests by system', [perSecondBy('service', CLIENTS)], {
      unit: 'reqps',
      description: 'Who is used how much.',
      stacked: true,
    }),
    graph('Failing requests by system', [partPerSecondBy('service', FAILED, CLIENTS)], {
      unit: 'reqps',
      description: 'Answers with 5xx.',
      stacked: true,
    }),
    graph('Slow requests by system', [slowestBy('service', CLIENTS)], {
      unit: 's',
      description: '95 % are answered within this time.',
      orange: 1,
    }),
    graph('Waiting work by queue', [{ expr: 'queue_waiting_messages', legend: '{{queue}}' }], {
      unit: 'short',
      description: 'What grows here is not consumed fast enough.',
      stacked: true,
    }),
  ],
};
