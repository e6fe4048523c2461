// Prometheus' text, read back: what a test needs of it.

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

const LINE = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/;

/** Samples in their order; throws at a line that is none. */
export const samplesOf = (text: string): Sample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? [];
      if (name === undefined) throw new Error(`this is no sample: ${line}`);
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, content]) => [label, content]);
      return { name, labels: Object.fromEntries(pairs), value: Number(value) };
    });

/** All samples of a metric that have these labels, among others, together; 0 where there is none. */
export const total = (samples: readonly Sample[], name: string, labels: Labels = {}): number =>
  samples
    .filter((sample) => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);

/** What was counted of one series, in each of the three places that must agree. */
export interface RequestCount {
  readonly requests: number;
  readonly inBuckets: number;
  readonly count: number;
}

export const requestCount = (samples: readonly Sample[], series: Labels): RequestCount => ({
  requests: total(samples, 'http_request_total', series),
  inBuckets: total(samples, 'http_request_duration_seconds_bucket', { ...series, le: '+Inf' }),
  count: total(samples, 'http_request_duration_seconds_count', series),
});
