// What alarms, dashboards and metrics cost.
import type { Line } from '../line.ts';
import { prices } from '../prices.ts';
import type { Resource } from '../resource.ts';

/** Under which CloudWatch takes an alarm for one of high resolution. */
const MINUTE = 60;

interface MetricQuery {
  readonly MetricStat?: { readonly Period?: number };
  readonly Expression?: string;
}

/** An alarm is billed by the metrics that it names: one, or those of its expression. */
export const metricsOf = ({ properties }: Resource): number =>
  properties.Metrics === undefined ? 1 : (properties.Metrics as MetricQuery[]).filter(({ MetricStat }) => MetricStat).length;

/**
 * An alarm that names none but asks a query is billed by the metrics that the query reads: `SELECT MAX(CpuUser) FROM SCHEMA("AWS/Kafka", "Broker ID", …)`
 * reads one of each broker.
 * @throws for a query of something else
 */
export function metricsRead({ id, properties }: Resource, brokers: number): number {
  const queries = ((properties.Metrics ?? []) as MetricQuery[]).flatMap(({ Expression = '' }) =>
    /^\s*SELECT\s/i.test(Expression) ? [Expression] : [],
  );
  if (queries.some((query) => !query.includes('"Broker ID"')))
    throw new Error(`Say in scripts/docs/costs/fixed/watching.ts how many metrics the query of ${id} reads`);
  return queries.length * brokers;
}

const isFast = ({ properties }: Resource): boolean => {
  const periods = [properties.Period, ...((properties.Metrics ?? []) as MetricQuery[]).map(({ MetricStat }) => MetricStat?.Period)];
  return periods.some((period) => period !== undefined && Number(period) < MINUTE);
};

export function alarms(all: readonly Resource[], brokers: number): Line[] {
  const line = (what: string, some: readonly Resource[], metrics: (alarm: Resource) => number, price: Line['price']): Line[] => {
    const counts = some.map(metrics).filter((n) => n > 0);
    const n = counts.reduce((sum, count) => sum + count, 0);
    return n === 0 ? [] : [{ what: `${what} of ${counts.length} alarms`, quantities: [{ n }], price }];
  };
  return [
    ...line(
      'metrics',
      all.filter((alarm) => !isFast(alarm)),
      metricsOf,
      prices.alarm,
    ),
    ...line('metrics under a minute', all.filter(isFast), metricsOf, prices.fastAlarm),
    ...line('metrics that queries read,', all, (alarm) => metricsRead(alarm, brokers), prices.queryAlarm),
  ];
}

export const alarmsOfAlarms = (all: readonly Resource[]): Line[] => [
  { what: 'alarms of alarms', quantities: [{ n: all.length }], price: prices.compositeAlarm },
];

export const dashboards = (all: readonly Resource[]): Line[] => [
  { what: 'dashboards', quantities: [{ n: all.length }], price: prices.dashboard },
];

interface Transformation {
  readonly MetricNamespace: string;
  readonly MetricName: string;
  readonly Dimensions?: unknown;
}

/**
 * A metric is billed once, whoever writes it: two filters may have it in common.
 * @param names metrics that functions write, each with one set of dimensions
 * @param filters that make metrics of lines in logs
 */
export function ownMetrics(names: readonly string[], filters: readonly Resource[]): Line[] {
  const filtered = filters.flatMap(({ properties }) =>
    (properties.MetricTransformations as Transformation[]).map(({ MetricNamespace, MetricName, Dimensions }) =>
      JSON.stringify([MetricNamespace, MetricName, Dimensions]),
    ),
  );
  const n = new Set([...names, ...filtered]).size;
  return [{ what: 'metrics of our own, if there is something to count', quantities: [{ n }], price: prices.metric }];
}
