// Questions to the counters and histograms of `/metrics` that several dashboards ask. What may not have happened yet is 0, not "no data".
import type { Query } from './panels.ts';

const WINDOW = '$__rate_interval';

/** Labels as PromQL takes them: `service="stock",status=~"5.."`. */
const requests = (labels: string) => `http_request_total{${labels}}`;

export const perSecond = (labels: string): string => `sum(rate(${requests(labels)}[${WINDOW}])) or vector(0)`;

export const perSecondBy = (label: string, labels: string): Query => ({
  expr: `sum by (${label}) (rate(${requests(labels)}[${WINDOW}]))`,
  legend: `{{${label}}}`,
});

/** Those of `some` by label, with 0 for whoever has others of `all` only. */
export const partPerSecondBy = (label: string, some: string, all: string): Query => ({
  expr: `${perSecondBy(label, some).expr} or 0 * ${perSecondBy(label, all).expr}`,
  legend: `{{${label}}}`,
});

/** Method and path together: a path alone may be asked in two ways. */
export const perSecondByRoute = (labels: string): Query => ({
  expr: `sum by (method, route) (rate(${requests(labels)}[${WINDOW}]))`,
  legend: '{{method}} {{route}}',
});

/** The part of the requests of `all` that `some` are; 0 while there are none. */
export const share = (some: string, all: string): string =>
  `(sum(rate(${requests(some)}[${WINDOW}])) or vector(0)) / (sum(rate(${requests(all)}[${WINDOW}])) > 0) or vector(0)`;

/** Seconds that this part of the requests was answered within. Without requests there is nothing to tell. */
export const quantile = (part: number, labels: string, by = ''): string =>
  `histogram_quantile(${part}, sum by (${by === '' ? 'le' : `${by}, le`}) (rate(http_request_duration_seconds_bucket{${labels}}[${WINDOW}])))`;

/** The middle request, and the slow ones. */
export const quantiles = (labels: string): Query[] =>
  [0.5, 0.95, 0.99].map((part) => ({ expr: quantile(part, labels), legend: `${part * 100} %` }));

export const slowestBy = (label: string, labels: string): Query => ({ expr: quantile(0.95, labels, label), legend: `{{${label}}}` });
