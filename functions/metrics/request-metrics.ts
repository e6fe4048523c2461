// The counted requests as Prometheus has them: buckets hold all that is not above their bound.
import { BUCKETS, type Counted, INFINITE } from '../shared/metrics/counts.ts';
import type { Metric, Sample } from './exposition.ts';

export function requestMetrics(counted: readonly Counted[]): Metric[] {
  const total = counted.map((series) => ({ labels: labelsOf(series), value: sum(series.buckets) }));
  return [
    {
      name: 'http_request_total',
      help: 'Requests that were answered by a function or a checkout.',
      type: 'counter',
      samples: total,
    },
    {
      name: 'http_request_duration_seconds',
      help: 'Time that the function, or the checkout, took to answer.',
      type: 'histogram',
      samples: counted.flatMap(histogram),
    },
  ];
}

function histogram(series: Counted): Sample[] {
  const labels = labelsOf(series);
  const bounds = [...BUCKETS.map(String), INFINITE];
  let upTo = 0;
  return [
    ...bounds.map((le, n) => {
      upTo += series.buckets[n] ?? 0;
      return { suffix: '_bucket', labels: { ...labels, le }, value: upTo };
    }),
    { suffix: '_sum', labels, value: series.microseconds / 1e6 },
    { suffix: '_count', labels, value: upTo },
  ];
}

const labelsOf = ({ service, method, route, status }: Counted) => ({ service, method, route, status: String(status) });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
