// The lines of all containers: by service, by level, and everything of one request, whichever functions it went through.
import { frame } from '../dashboard.ts';

const LOKI = { type: 'loki', uid: 'loki' };
const LINES = '{service=~"$service", level=~"$level"} | request_id=~".*$request_id.*" |~ "(?i)$text"';

const bars = (title: string, expr: string, description: string) => ({
  type: 'timeseries',
  title,
  description,
  datasource: LOKI,
  targets: [{ datasource: LOKI, refId: 'A', expr, legendFormat: '{{service}}', queryType: 'range' }],
  fieldConfig: {
    defaults: {
      unit: 'short',
      min: 0,
      color: { mode: 'palette-classic-by-name' },
      custom: { drawStyle: 'bars', fillOpacity: 60, lineWidth: 0, stacking: { mode: 'normal' } },
    },
    overrides: [],
  },
  options: { legend: { displayMode: 'list', placement: 'right' }, tooltip: { mode: 'multi', sort: 'desc' } },
});

const textBox = (name: string, label: string) => ({ type: 'textbox', name, label, query: '', current: { text: '', value: '' } });

export const logs = {
  ...frame('logs', 'Logs', 'Lines of functions and servers. A request id brings together what one request did.'),
  templating: {
    list: [
      {
        type: 'query',
        name: 'service',
        label: 'Service',
        datasource: LOKI,
        query: { label: 'service', refId: 'services', stream: '', type: 1 },
        refresh: 2,
        sort: 1,
        multi: true,
        includeAll: true,
        allValue: '.+',
        current: { text: ['All'], value: ['$__all'] },
      },
      {
        type: 'custom',
        name: 'level',
        label: 'Level',
        query: 'debug,info,warn,error',
        multi: true,
        includeAll: true,
        // Servers write lines without one.
        allValue: '.*',
        current: { text: ['All'], value: ['$__all'] },
      },
      textBox('request_id', 'Request id'),
      textBox('text', 'Text'),
    ],
  },
  panels: [
    {
      id: 1,
      gridPos: { x: 0, y: 0, w: 12, h: 6 },
      ...bars('Lines by service', `sum by (service) (count_over_time(${LINES} [$__auto]))`, 'Who talks how much.'),
    },
    {
      id: 2,
      gridPos: { x: 12, y: 0, w: 12, h: 6 },
      ...bars(
        'Errors by service',
        'sum by (service) (count_over_time({service=~"$service", level="error"} [$__auto]))',
        'Whatever is chosen as level and text.',
      ),
    },
    {
      id: 3,
      gridPos: { x: 0, y: 6, w: 24, h: 20 },
      type: 'logs',
      title: 'Lines',
      description: 'Open a line for its request id, which leads to all lines of that request.',
      datasource: LOKI,
      targets: [{ datasource: LOKI, refId: 'A', expr: LINES, queryType: 'range' }],
      options: { showTime: true, wrapLogMessage: true, enableLogDetails: true, sortOrder: 'Descending', dedupStrategy: 'none' },
    },
  ],
};
