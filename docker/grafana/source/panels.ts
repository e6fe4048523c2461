// The house style of dashboards: what a number, a graph and a state over time look like, so that all pages read alike.

/** Grafana's names: requests and things per second, seconds, a share of 1, a plain count. */
export type Unit = 'reqps' | 'cps' | 's' | 'percentunit' | 'short';

export interface Query {
  readonly expr: string;
  /** How the series is called: `{{label}}` or a name. */
  readonly legend: string;
}

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly [property: string]: unknown;
}

const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' };
const GREEN = { color: 'green', value: null };

/** Green below `orange`, red from `red` on. Without bounds nothing is good or bad, and it stays blue. */
export interface Bounds {
  readonly orange?: number;
  readonly red?: number;
}

const steps = ({ orange, red }: Bounds) => [
  orange === undefined && red === undefined ? { color: 'blue', value: null } : GREEN,
  ...(orange === undefined ? [] : [{ color: 'orange', value: orange }]),
  ...(red === undefined ? [] : [{ color: 'red', value: red }]),
];

const targets = (queries: readonly Query[], instant: boolean) =>
  queries.map(({ expr, legend }, index) => ({
    datasource: PROMETHEUS,
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    expr,
    legendFormat: legend,
    ...(instant ? { instant: true } : { range: true }),
  }));

interface NumberOptions extends Bounds {
  readonly unit: Unit;
  readonly description: string;
  /** Words instead of numbers. */
  readonly words?: Readonly<Record<number, { readonly text: string; readonly color: string }>>;
}

/** One number, as it is now. */
export const number = (title: string, expr: string, { unit, description, words, ...bounds }: NumberOptions): Panel => ({
  type: 'stat',
  title,
  description,
  datasource: PROMETHEUS,
  targets: targets([{ expr, legend: title }], true),
  fieldConfig: {
    defaults: {
      unit,
      thresholds: { mode: 'absolute', steps: steps(bounds) },
      mappings: words ? [{ type: 'value', options: words }] : [],
    },
    overrides: [],
  },
  options: { colorMode: words ? 'background' : 'value', graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'] } },
});

interface GraphOptions extends Bounds {
  readonly unit: Unit;
  readonly description: string;
  /** Series that add up to something. */
  readonly stacked?: boolean;
}

/** How it went. Bounds are drawn as lines. */
export const graph = (
  title: string,
  queries: readonly Query[],
  { unit, description, stacked = false, ...bounds }: GraphOptions,
): Panel => ({
  type: 'timeseries',
  title,
  description,
  datasource: PROMETHEUS,
  targets: targets(queries, false),
  fieldConfig: {
    defaults: {
      unit,
      min: 0,
      thresholds: { mode: 'absolute', steps: steps(bounds) },
      color: { mode: 'palette-classic-by-name' },
      custom: {
        lineWidth: 1,
        fillOpacity: stacked ? 30 : 10,
        showPoints: 'never',
        stacking: { mode: stacked ? 'normal' : 'none' },
        thresholdsStyle: { mode: Object.keys(bounds).length > 0 ? 'dashed' : 'off' },
      },
    },
    overrides: [],
  },
  options: {
    legend: { displayMode: 'table', placement: 'right', calcs: ['lastNotNull', 'max'] },
    tooltip: { mode: 'multi', sort: 'desc' },
  },
});

/** Bands of yes (1, green) and no (0, red). */
export const yesOrNo = (title: string, query: Query, description: string): Panel => ({
  type: 'state-timeline',
  title,
  description,
  datasource: PROMETHEUS,
  targets: targets([query], false),
  fieldConfig: {
    defaults: {
      mappings: [{ type: 'value', options: { 0: { text: 'no', color: 'red' }, 1: { text: 'yes', color: 'green' } } }],
      custom: { fillOpacity: 80, lineWidth: 0 },
    },
    overrides: [],
  },
  options: { showValue: 'never', mergeValues: true, legend: { displayMode: 'list', placement: 'bottom' } },
});
