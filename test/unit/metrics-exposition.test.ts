// The text that Prometheus reads, by example.
import { expect, it } from 'vitest';
import { exposition } from '../../functions/metrics/exposition.ts';
import { requestMetrics } from '../../functions/metrics/request-metrics.ts';
import { metricsService } from '../../functions/metrics/service.ts';
import { count, type Increments } from '../../functions/shared/metrics/counts.ts';

it('says of each metric what it is, then its samples', () => {
  const text = exposition([
    { name: 'cats', help: 'How many there are.', type: 'gauge', samples: [{ labels: {}, value: 3 }] },
    {
      name: 'purrs_total',
      help: 'Counted.',
      type: 'counter',
      samples: [
        { labels: { cat: 'Tom', place: 'lap' }, value: 1 },
        { labels: { cat: 'Kit' }, value: 0.5 },
      ],
    },
    { name: 'dogs', help: 'None.', type: 'gauge', samples: [] },
  ]);

  expect(text).toBe(
    [
      '# HELP cats How many there are.',
      '# TYPE cats gauge',
      'cats 3',
      '# HELP purrs_total Counted.',
      '# TYPE purrs_total counter',
      'purrs_total{cat="Tom",place="lap"} 1',
      'purrs_total{cat="Kit"} 0.5',
      '',
    ].join('\n'),
  );
});

it('escapes what would end a line or a label', () => {
  const sample = { labels: { path: 'C:\\ "a"\nb' }, value: 1 };

  expect(exposition([{ name: 'x', help: 'one\\two\nthree', type: 'gauge', samples: [sample] }])).toBe(
    '# HELP x one\\\\two\\nthree\n# TYPE x gauge\nx{path="C:\\\\ \\"a\\"\\nb"} 1\n',
  );
});

/** What Redis holds after these durations of one route. */
function stored(...durations: number[]): Record<string, string> {
  const increments: Increments = new Map();
  for (const seconds of durations)
    count(increments, { service: 'stock', method: 'GET', route: '/stock/find/{item_id}', status: 200 }, seconds);
  return Object.fromEntries([...increments].map(([field, by]) => [field, String(by)]));
}
const scrape = (sources: Partial<Parameters<typeof metricsService>[0]>) =>
  metricsService({ counts: async () => ({}), collectors: {}, onFailure: () => undefined, ...sources })();
const lines = async (text: Promise<string>) => (await text).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

it('has requests as a counter and as a histogram whose buckets hold all below them', async () => {
  const found = await lines(scrape({ counts: async () => stored(0.0005, 0.004, 0.0045, 30) }));

  const labels = 'service="stock",method="GET",route="/stock/find/{item_id}",status="200"';
  const buckets = {
    0.001: 1,
    0.0025: 1,
    0.005: 3,
    0.01: 3,
    0.025: 3,
    0.05: 3,
    0.1: 3,
    0.25: 3,
    0.5: 3,
    1: 3,
    2.5: 3,
    5: 3,
    10: 3,
    '+Inf': 4,
  };
  const bounds = ['0.001', '0.0025', '0.005', '0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '+Inf'] as const;
  expect(found).toEqual([
    `http_request_total{${labels}} 4`,
    ...bounds.map((le) => `http_request_duration_seconds_bucket{${labels},le="${le}"} ${buckets[le]}`),
    `http_request_duration_seconds_sum{${labels}} 30.009`,
    `http_request_duration_seconds_count{${labels}} 4`,
    'stackyard_collector_up{collector="requests"} 1',
  ]);
});

it('leaves out what does not answer, and says so', async () => {
  const failures: unknown[] = [];
  const found = await lines(
    scrape({
      counts: async () => undefined,
      collectors: {
        cats: async () => [{ name: 'cats', help: 'x', samples: [{ labels: { state: 'asleep' }, value: 9 }] }],
        dogs: () => Promise.reject(new Error('no dogs')),
      },
      onFailure: (name, error) => failures.push([name, String(error)]),
    }),
  );

  expect(found).toEqual([
    'cats{state="asleep"} 9',
    'stackyard_collector_up{collector="requests"} 0',
    'stackyard_collector_up{collector="cats"} 1',
    'stackyard_collector_up{collector="dogs"} 0',
  ]);
  expect(failures).toEqual([['dogs', 'Error: no dogs']]);
});

it('has nothing of requests where nothing was counted', () => {
  expect(exposition(requestMetrics([]))).toBe('');
});
