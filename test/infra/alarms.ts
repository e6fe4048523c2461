// Alarms of templates, and what is wrong with them.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';

export const RUNBOOKS = join(import.meta.dirname, '../../docs/runbooks');

/** A README tells how to begin, and the budget's notifications come without an alarm. */
const WITHOUT_ALARM = ['README', 'budget'];

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
export type Alarm = any;

export const alarmsOf = (templates: Readonly<Record<string, Template>>): Alarm[] =>
  Object.values(templates).flatMap((template) =>
    ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
      Object.values(template.findResources(type)).map(({ Properties }) => Properties),
    ),
  );

export const runbookOf = ({ AlarmDescription }: Alarm): string | undefined =>
  /\. Impact: \S.*\. Runbook: docs\/runbooks\/([a-z-]+)\.md$/.exec(AlarmDescription ?? '')?.[1];

/** A sentence for each alarm that would leave a person alone. */
export function faultsOf(alarms: readonly Alarm[]): string[] {
  const names = alarms.map(({ AlarmName }) => AlarmName);
  return alarms.flatMap((alarm) => {
    const { AlarmName = 'an alarm without a name', AlarmDescription = '', AlarmActions = [], OKActions = [] } = alarm;
    const runbook = runbookOf(alarm);
    return [
      ...(runbook === undefined ? [`${AlarmName}: says no impact or no runbook`] : []),
      ...(runbook && !existsSync(join(RUNBOOKS, `${runbook}.md`)) ? [`${AlarmName}: there is no runbook ${runbook}`] : []),
      ...(AlarmDescription.length > 1024 ? [`${AlarmName}: its description has more than 1,024 characters`] : []),
      ...(JSON.stringify(AlarmActions) === JSON.stringify(OKActions) ? [] : [`${AlarmName}: does not tell when it is over`]),
      ...(names.filter((name) => name === AlarmName).length > 1 ? [`${AlarmName}: is not the only one of that name`] : []),
    ];
  });
}

/** Alarms that tell nobody, and that neither another alarm nor a release listens to. */
export const unheard = (templates: Readonly<Record<string, Template>>): string[] =>
  Object.values(templates).flatMap((template) => {
    const { Resources } = template.toJSON() as { Resources: Record<string, { Properties: Alarm }> };
    const listeners = ['AWS::CloudWatch::CompositeAlarm', 'AWS::CodeDeploy::DeploymentGroup'].flatMap((type) =>
      Object.values(template.findResources(type)).map(({ Properties: { AlarmRule, AlarmConfiguration } }) => [
        AlarmRule,
        AlarmConfiguration,
      ]),
    );
    const heard = JSON.stringify(listeners);
    return ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) =>
      Object.keys(template.findResources(type))
        .filter((id) => !Resources[id]?.Properties.AlarmActions?.length && !heard.includes(`"${id}"`))
        .map((id) => Resources[id]?.Properties.AlarmName),
    );
  });

export const runbooksWithoutAlarm = (alarms: readonly Alarm[]): string[] => {
  const named = new Set(alarms.map(runbookOf));
  return readdirSync(RUNBOOKS)
    .map((file) => file.replace(/\.md$/, ''))
    .filter((name) => !named.has(name) && !WITHOUT_ALARM.includes(name));
};
