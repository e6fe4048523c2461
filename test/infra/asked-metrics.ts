// What alarms and dashboards of templates ask CloudWatch for.
import type { Template } from 'aws-cdk-lib/assertions';

export interface Asked {
  readonly namespace: string;
  readonly metric: string;
  /** A reference to a resource is an object. */
  readonly dimensions: Readonly<Record<string, unknown>>;
}

type Templates = Readonly<Record<string, Template>>;

/** A place that a reference has in a dashboard's text. */
const REFERENCE = 'a reference';

/** Bodies by name, references replaced by a mark. */
export const dashboardsOf = (templates: Templates): Record<string, { widgets: Widget[] }> =>
  Object.fromEntries(
    Object.values(templates).flatMap((template) =>
      Object.values(template.findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => [
        Properties.DashboardName,
        JSON.parse(textOf(Properties.DashboardBody)),
      ]),
    ),
  );

const textOf = (body: string | { 'Fn::Join': [string, (string | object)[]] }): string =>
  typeof body === 'string' ? body : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : REFERENCE)).join('');

interface Widget {
  readonly type: string;
  readonly properties: { readonly metrics?: unknown[][]; readonly alarms?: string[] };
}

export const asked = (templates: Templates): Asked[] => [...ofAlarms(templates), ...askedByDashboards(templates)];

/** `SELECT MAX(CpuUser) FROM SCHEMA("AWS/Kafka", "Broker ID", "Cluster Name") WHERE "Cluster Name" = 'data'`; of other expressions nothing is asked. */
function askedByQuery(expression = ''): Asked[] {
  if (!expression.startsWith('SELECT')) return [];
  const [, metric, namespace, names, name, value] =
    /^SELECT \w+\((\w+)\) FROM SCHEMA\("([^"]+)", "(.+)"\) WHERE "([^"]+)" = '([^']+)'$/.exec(expression) ?? [];
  if (!metric || !namespace || !names || !name) throw new Error(`not read here: ${expression}`);
  return [
    { namespace, metric, dimensions: Object.fromEntries(names.split('", "').map((each) => [each, each === name ? value : undefined])) },
  ];
}

function ofAlarms(templates: Templates): Asked[] {
  const alarms = Object.values(templates).flatMap((template) => Object.values(template.findResources('AWS::CloudWatch::Alarm')));
  const queries = alarms.flatMap(({ Properties: { Metrics = [] } }) =>
    Metrics.flatMap(({ Expression }: { Expression?: string }) => askedByQuery(Expression)),
  );
  return [
    ...queries,
    ...alarms.flatMap(({ Properties: { Namespace, MetricName, Dimensions, Metrics } }) =>
      [
        { Namespace, MetricName, Dimensions },
        ...(Metrics ?? []).map(({ MetricStat }: { MetricStat?: { Metric: object } }) => MetricStat?.Metric ?? {}),
      ]
        .filter((metric) => metric.Namespace)
        .map((metric) => ({
          namespace: metric.Namespace,
          metric: metric.MetricName,
          dimensions: Object.fromEntries(
            (metric.Dimensions ?? []).map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]),
          ),
        })),
    ),
  ];
}

/** `[namespace, metric, name, value, name, value, …, rendering]`; an expression is an object alone. */
export function askedByDashboards(templates: Templates): Asked[] {
  const metrics = Object.values(dashboardsOf(templates)).flatMap(({ widgets }) =>
    widgets.flatMap(({ properties }) => properties.metrics ?? []),
  );
  return metrics.flatMap((metric) => {
    const words = metric.filter((part) => typeof part === 'string');
    const [namespace, name, ...pairs] = words;
    if (namespace === undefined || name === undefined) return askedByQuery((metric[0] as { expression?: string }).expression);
    const dimensions = pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, referenceIn(pairs[index + 1])] as const] : []));
    return [{ namespace, metric: name, dimensions: Object.fromEntries(dimensions) }];
  });
}

const referenceIn = (value: string | undefined): unknown => (value?.includes(REFERENCE) ? { reference: true } : value);
