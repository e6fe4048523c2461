// AWS::Events::Rule with a schedule: invokes functions by rate or cron.
import { rulesOf } from '../events/rules.ts';
import { type ScheduleTarget, startSchedule } from '../events/schedule.ts';
import type { Host } from '../host.ts';
import type { ResourceModule } from './resource.ts';

const TARGET_PROPERTIES = ['Arn', 'Id', 'Input'];

export const module: ResourceModule = {
  type: 'AWS::Events::Rule',
  honours: ['Name', 'Description', 'ScheduleExpression', 'State', 'Targets'],
  ignores: {
    RoleArn: 'there are no permissions here',
    Tags: 'nothing here is billed or searched by tag',
  },
  refuses: ({ properties }) => {
    const refusals: string[] = [];
    if (properties.ScheduleExpression === undefined) {
      refusals.push('a rule needs ScheduleExpression here: events of other services are not delivered on this machine.');
    }
    for (const target of properties.Targets ?? []) {
      const unknown = Object.keys(target).filter((name) => !TARGET_PROPERTIES.includes(name));
      if (unknown.length > 0) refusals.push(`target ${target.Id} uses ${unknown.join(', ')}: only Arn and Input are honoured.`);
    }
    return refusals;
  },
  create: async (resource, host) => {
    const { Name, Description, ScheduleExpression, State, Targets } = resource.properties;
    const { account, region, timeScale } = host.options;
    const name: string = Name ?? `${resource.stack}-${resource.logicalId}`;
    const rules = rulesOf(host);
    const state = rules.provision(name, resource.properties, State === 'DISABLED' ? 'DISABLED' : 'ENABLED');
    const rule = startSchedule({
      name,
      arn: `arn:aws:events:${region}:${account}:rule/${name}`,
      ...(Description && { description: Description }),
      scheduleExpression: ScheduleExpression,
      enabled: state === 'ENABLED',
      targets: (Targets ?? []).map((target: { Arn: string; Input?: string }) => toTarget(target, host)),
      account,
      region,
      timeScale,
      log: host.log,
    });
    rules.add(rule);
    return {
      ref: name,
      attributes: { Arn: rule.arn },
      stop: async () => {
        rule.stop();
        rules.remove(name);
      },
    };
  },
};

function toTarget(target: { Arn: string; Input?: string }, host: Host): ScheduleTarget {
  const fn = host.functions.find(target.Arn);
  if (!fn) throw new Error(`The target ${target.Arn} is no function of this host; only functions are invoked.`);
  return { fn, ...(target.Input !== undefined && { input: target.Input }) };
}
