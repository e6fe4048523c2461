// Every alarm that somebody hears of: what it says, from when on, who is hurt, and what to read.
import { resourcesOf, type Templates, table } from './templates.ts';

const PARTS = /^(?<what>.*?)\. Impact: (?<impact>.*)\. Runbook: docs\/runbooks\/(?<runbook>[a-z-]+)\.md$/;

export function alarmsDocument(templates: Templates): string {
  const alarms = resourcesOf(templates, 'AWS::CloudWatch::Alarm');
  const heard = [...alarms, ...resourcesOf(templates, 'AWS::CloudWatch::CompositeAlarm')].filter(
    ({ properties }) => properties.AlarmActions?.length > 0 || !alarms.some((one) => one.properties === properties),
  );
  const silent = alarms.filter(({ properties }) => !properties.AlarmActions?.length);
  return [
    '# Alarms',
    '',
    'Written by `node scripts/docs/functions.ts` from the template of prod; a test keeps it true.',
    '',
    `${heard.length} notify the topic of the stack \`alerts\`, when they begin and when they are over; ${silent.length} are silent: a composite alarm, or a release, listens to them.`,
    'A name begins with that of its stack, `stackyard-prod-systems-` or `stackyard-prod-observability-`. [slo.md](slo.md) has the arithmetic of those that end in `-objective-fast` and `-objective-slow`.',
    '',
    ...table(
      ['alarm', 'rings when', 'limit', 'impact', 'runbook'],
      heard
        .map(({ stack, properties }) => {
          const { what = '', impact = '', runbook = '' } = PARTS.exec(properties.AlarmDescription ?? '')?.groups ?? {};
          const name = String(properties.AlarmName).slice(stack.length + 1);
          return [name, what, limitOf(properties), impact, `[${runbook}](runbooks/${runbook}.md)`];
        })
        .sort(([one = ''], [other = '']) => one.localeCompare(other)),
    ),
    '',
    'The budget notifies the same topic: [budget](runbooks/budget.md).',
    '',
  ].join('\n');
}

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
function limitOf(properties: any): string {
  if (properties.AlarmRule) return pairsOf(properties.AlarmRule);
  const period =
    properties.Period ??
    properties.Metrics?.map(
      (metric: { MetricStat?: { Period: number }; Period?: number }) => metric.MetricStat?.Period ?? metric.Period,
    ).find(Boolean);
  const sign = properties.ComparisonOperator.startsWith('Less') ? '<' : '>';
  const periods = properties.EvaluationPeriods;
  const bad = properties.DatapointsToAlarm ?? periods;
  const silence = properties.TreatMissingData === 'breaching' ? ', silence is bad' : '';
  return `${sign} ${properties.Threshold}, ${bad === periods ? periods : `${bad} of ${periods}`} × ${period} s${silence}`;
}

/** Of windows, each pair of which must be bad together. */
function pairsOf(rule: unknown): string {
  const pairs = JSON.stringify(rule).split(' AND ').length - 1;
  return pairs === 1 ? 'one pair' : `any of ${pairs} pairs`;
}
