// A dashboard from its panels: numbers in one row on top, below them graphs, two side by side.
import type { Panel } from './panels.ts';

export interface Page {
  /** Name of the file, and end of the uid that links lead to. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly numbers: readonly Panel[];
  readonly graphs: readonly Panel[];
}

const COLUMNS = 24;
const NUMBER_HEIGHT = 4;
const GRAPH_HEIGHT = 8;

/** As Grafana's file provisioning reads it. */
export function dashboard({ name, title, description, numbers, graphs }: Page) {
  const width = COLUMNS / numbers.length;
  const placed = [
    ...numbers.map((panel, n) => ({ ...panel, gridPos: { x: n * width, y: 0, w: width, h: NUMBER_HEIGHT } })),
    ...graphs.map((panel, n) => ({
      ...panel,
      gridPos: {
        x: (n % 2) * (COLUMNS / 2),
        y: NUMBER_HEIGHT + Math.floor(n / 2) * GRAPH_HEIGHT,
        // The last one alone in its row has all of it.
        w: n % 2 === 0 && n === graphs.length - 1 ? COLUMNS : COLUMNS / 2,
        h: GRAPH_HEIGHT,
      },
    })),
  ];
  return {
    ...frame(name, title, description),
    panels: placed.map((panel, index) => ({ id: index + 1, ...panel })),
  };
}

/** What all pages share: the links between them, the time that they show. */
export const frame = (name: string, title: string, description: string) => ({
  uid: `stackyard-${name}`,
  title,
  description,
  tags: ['stackyard'],
  editable: true,
  graphTooltip: 1,
  schemaVersion: 39,
  time: { from: 'now-30m', to: 'now' },
  refresh: '15s',
  timezone: 'browser',
  links: [{ type: 'dashboards', title: 'Stackyard', tags: ['stackyard'], asDropdown: true, includeVars: false, keepTime: true }],
  templating: { list: [] as unknown[] },
});
