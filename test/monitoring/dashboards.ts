// The dashboards as Grafana reads them, and what they ask.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DataSource {
  readonly type: string;
  readonly uid: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource: DataSource;
  readonly targets: readonly { readonly datasource: DataSource; readonly refId: string; readonly expr: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly datasource?: DataSource }[] };
}

export const folder = join(import.meta.dirname, '../../docker/grafana/dashboards');

/** By the names of their files. */
export const dashboards: ReadonlyMap<string, Dashboard> = new Map(
  readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as Dashboard]),
);

/** Every question to Prometheus: where it stands, and the expression with Grafana's variables filled in. */
export const questions: readonly (readonly [place: string, expr: string])[] = [...dashboards.values()].flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    panel.targets
      .filter(({ datasource }) => datasource.type === 'prometheus')
      .map(({ refId, expr }) => [`${title}: ${panel.title} (${refId})`, expr.replaceAll('$__rate_interval', '5m')] as const),
  ),
);
