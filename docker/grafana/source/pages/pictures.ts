// Pictures: what comes in, what is resized, what waits for it.
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { perSecond, perSecondBy, perSecondByRoute, quantiles } from '../queries.ts';

const PICTURES = 'service="pictures"';
const ORDERS = `${PICTURES},method="POST",route="/api"`;
const JOBS = 'queue="picture-jobs"';

/** A count that only grows, as a rate: it is a gauge, because it is read from the table. */
const growth = (state: string) => `clamp_min(deriv(pictures{state="${state}"}[$__rate_interval]), 0)`;

export const pictures: Page = {
  name: 'pictures',
  title: 'Pictures',
  description: 'Orders are accepted at once and resized by a consumer.',
  numbers: [
    number('In work', 'sum(pictures{state=~"queued|processing"})', {
      unit: 'short',
      description: 'Accepted and not resized yet.',
      orange: 100,
      red: 1000,
    }),
    number('Resized', 'pictures{state="done"}', { unit: 'short', description: 'All that there are.' }),
    number('Failed', 'pictures{state="failed"}', { unit: 'short', description: 'No pictures, or tried five times.', orange: 1 }),
    number('Oldest job', `queue_oldest_message_age_seconds{${JOBS}} or vector(0)`, {
      unit: 's',
      description: 'The relay announces what is older than 15 s again, each minute.',
      orange: 15,
      red: 60,
    }),
    number('Dead letters', `queue_dead_letters{${JOBS}}`, {
      unit: 'short',
      description: 'Jobs that failed after all retries.',
      orange: 1,
      red: 10,
    }),
  ],
  graphs: [
    graph(
      'Accepted and resized',
      [
        { expr: perSecond(`${ORDERS},status="201"`), legend: 'accepted' },
        { expr: growth('done'), legend: 'resized' },
        { expr: growth('failed'), legend: 'failed' },
      ],
      { unit: 'cps', description: 'Accepted above resized for long: the consumer does not keep up.' },
    ),
    graph('Pictures in work', [{ expr: 'pictures{state=~"queued|processing"}', legend: '{{state}}' }], {
      unit: 'short',
      description: 'The backlog, by how far it has come.',
      stacked: true,
    }),
    graph('Answers to orders', [perSecondBy('status', ORDERS)], {
      unit: 'reqps',
      description: '201 accepted, 400 refused, 5xx our fault.',
      stacked: true,
    }),
    graph('Time to accept an order', quantiles(ORDERS), {
      unit: 's',
      description: 'Storing the source, the row and the announcement.',
      orange: 1,
    }),
    graph('Requests by route', [perSecondByRoute(PICTURES)], {
      unit: 'reqps',
      description: 'Orders, questions and downloads.',
      stacked: true,
    }),
  ],
};
