// The status system, and whether its numbers can be believed: what could not be read is missing on every page.
import type { Page } from '../dashboard.ts';
import { graph, number, yesOrNo } from '../panels.ts';
import { perSecond, perSecondByRoute, quantile, quantiles } from '../queries.ts';

const STATUS = 'service="status"';
const READY = `${STATUS},route="/status/ready"`;

export const status: Page = {
  name: 'status',
  title: 'Status',
  description: 'Whether database, cache and messaging are up, and whether the numbers on these pages are whole.',
  numbers: [
    number('Application', 'up{job="stackyard"}', {
      unit: 'short',
      description: 'Whether the last scrape of /metrics was answered.',
      words: { 0: { text: 'away', color: 'red' }, 1: { text: 'answers', color: 'green' } },
    }),
    number('Unreadable parts', 'count(stackyard_collector_up == 0) or vector(0)', {
      unit: 'short',
      description: 'Parts of the metrics that could not be read: their numbers are missing.',
      red: 1,
    }),
    number('Not ready', perSecond(`${READY},status="503"`), {
      unit: 'reqps',
      description: 'Probes that were told that something is down.',
      red: 0.001,
    }),
    number('Slow probes', quantile(0.95, STATUS), {
      unit: 's',
      description: '95 % of the probes are answered within this time.',
      orange: 1,
      red: 5,
    }),
  ],
  graphs: [
    yesOrNo(
      'Which numbers can be read?',
      { expr: 'stackyard_collector_up', legend: '{{collector}}' },
      'The cache holds `requests`; the others are asked by invoking them.',
    ),
    graph('Probes by route', [perSecondByRoute(STATUS)], { unit: 'reqps', description: 'Who asks how often.', stacked: true }),
    graph('Time of a probe', quantiles(STATUS), { unit: 's', description: 'A probe asks database, cache and messaging at once.' }),
    graph('Time of a scrape', [{ expr: 'scrape_duration_seconds{job="stackyard"}', legend: 'scrape' }], {
      unit: 's',
      description: 'Prometheus gives up after 10 s.',
      red: 10,
    }),
  ],
};
