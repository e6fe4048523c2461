// Cats: is what is published fresh, and are the readers served?
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { perSecondBy, perSecondByRoute, quantiles } from '../queries.ts';

const CATS = 'service="cats"';

export const cats: Page = {
  name: 'cats',
  title: 'Cats',
  description: 'A synchroniser copies breeds and pictures from upstream every minute; readers see only whole versions.',
  numbers: [
    number('Schedule', 'sync_enabled', {
      unit: 'short',
      description: 'POST /api/v1/sync/start and /stop turn it.',
      words: { 0: { text: 'stopped', color: 'orange' }, 1: { text: 'runs', color: 'green' } },
    }),
    number('Latest run', 'sync_last_run_failed', {
      unit: 'short',
      description: 'Of those that have ended.',
      words: { 0: { text: 'good', color: 'green' }, 1: { text: 'failed', color: 'red' } },
    }),
    number('Since the last good run', 'time() - sync_run_end_timestamp_seconds{state="succeeded"}', {
      unit: 's',
      description: 'How old what readers see can be.',
      orange: 180,
      red: 900,
    }),
    number('Breeds', 'sync_published_rows{table="breeds"}', { unit: 'short', description: 'Published now.' }),
    number('Failed runs', 'sync_runs{state="failed"}', { unit: 'short', description: 'Of the last seven days.', orange: 1 }),
  ],
  graphs: [
    graph('Requests by route', [perSecondByRoute(CATS)], { unit: 'reqps', description: 'What readers ask for.', stacked: true }),
    graph('Answers', [perSecondBy('status', CATS)], {
      unit: 'reqps',
      description: '404 before the first version, or for what is not there.',
      stacked: true,
    }),
    graph('Time of an answer', quantiles(CATS), { unit: 's', description: 'Most come from the cache.', orange: 0.5 }),
    graph('Duration of a run', [{ expr: 'sync_run_duration_seconds', legend: '{{state}}' }], {
      unit: 's',
      description: 'Of the latest that ended so. Runs come every minute.',
      orange: 60,
    }),
    graph('Published rows', [{ expr: 'sync_published_rows', legend: '{{table}}' }], {
      unit: 'short',
      description: 'A drop is upstream having less, not a failed run.',
    }),
  ],
};
