// What `/metrics` tells of the synchroniser.
import { byState, type Gauge } from '../shared/metrics/gauges.ts';
import type { RunRepository } from './run-repository.ts';
import type { Schedule } from './schedule.ts';

const ENDED = ['succeeded', 'failed'] as const;

export const syncGauges = (runs: RunRepository, schedule: Schedule) => async (): Promise<readonly Gauge[]> => {
  const [enabled, state, ended, rows] = await Promise.all([schedule.isEnabled(), runs.state(), runs.ended(), runs.publishedRows()]);
  const one = (name: string, help: string, value: number): Gauge => ({ name, help, samples: [{ labels: {}, value }] });
  const seconds = (date: Date) => date.getTime() / 1000;
  const [last] = ended;
  const ofLatest = (pick: (run: (typeof ended)[number]) => number) =>
    ended.map((run) => ({ labels: { state: run.state }, value: pick(run) }));
  return [
    one('sync_enabled', 'Whether the schedule of the synchroniser fires.', enabled ? 1 : 0),
    one('sync_running', 'Whether a run goes on.', state.held ? 1 : 0),
    one('sync_published_version', 'One more with every run that changed what is published.', state.version),
    one('sync_last_run_failed', 'Whether the latest run that ended failed.', last?.state === 'failed' ? 1 : 0),
    {
      name: 'sync_runs',
      help: 'Runs of the last seven days by how they ended.',
      samples: byState(ENDED, Object.fromEntries(ended.map(({ state: name, count }) => [name, count]))),
    },
    {
      name: 'sync_run_end_timestamp_seconds',
      help: 'When the latest run of that state ended.',
      samples: ofLatest(({ endedAt }) => seconds(endedAt)),
    },
    {
      name: 'sync_run_duration_seconds',
      help: 'How long the latest run of that state took.',
      samples: ofLatest(({ startedAt, endedAt }) => seconds(endedAt) - seconds(startedAt)),
    },
    {
      name: 'sync_published_rows',
      help: 'Rows that are published.',
      samples: Object.entries(rows).map(([table, value]) => ({ labels: { table }, value })),
    },
  ];
};
