// One scrape: what was counted, and what the systems tell of themselves. What does not answer is left out, and said.
import { countedIn } from '../shared/metrics/counts.ts';
import type { Gauge } from '../shared/metrics/gauges.ts';
import type { Collectors } from './collectors.ts';
import { exposition, type Metric } from './exposition.ts';
import { requestMetrics } from './request-metrics.ts';

export interface Sources {
  /** Undefined where the cache does not answer. */
  readonly counts: () => Promise<Readonly<Record<string, string>> | undefined>;
  readonly collectors: Collectors;
  /** Hears why a collector did not answer: Prometheus is told only that. */
  readonly onFailure: (collector: string, error: unknown) => void;
}

export function metricsService({ counts, collectors, onFailure }: Sources) {
  async function asked(name: string, ask: Collectors[string]) {
    try {
      return { name, gauges: await ask() };
    } catch (error) {
      onFailure(name, error);
      return { name, gauges: undefined };
    }
  }

  return async function scrape(): Promise<string> {
    const asking = Object.entries(collectors).map(([name, ask]) => asked(name, ask));
    const [fields, answers] = await Promise.all([counts(), Promise.all(asking)]);
    return exposition([
      ...requestMetrics(countedIn(fields ?? {})),
      ...answers.flatMap(({ gauges = [] }) => gauges.map(asMetric)),
      {
        name: 'stackyard_collector_up',
        help: 'Whether this part of the metrics could be read; where it is 0, its metrics are left out.',
        type: 'gauge',
        samples: [up('requests', fields), ...answers.map(({ name, gauges }) => up(name, gauges))],
      },
    ]);
  };
}

const asMetric = ({ name, help, samples }: Gauge): Metric => ({ name, help, type: 'gauge', samples });

const up = (collector: string, read: unknown) => ({ labels: { collector }, value: read === undefined ? 0 : 1 });
