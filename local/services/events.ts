// EventBridge's own API, as far as handlers and scripts call it: describing, listing, enabling and disabling rules (E4). Rules come from the template.
import type { Rule, RuleRegistry } from '../events/rules.ts';
import { AwsError, type ControlApi } from './control-api.ts';

interface OfBus {
  readonly EventBusName?: string;
}
interface OfRule extends OfBus {
  readonly Name: string;
}
interface Listed extends OfBus {
  readonly NamePrefix?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** Schedules run on the default bus only. */
const BUS = 'default';
/** Rules in one answer, on AWS too. */
const PAGE = 100;

export function eventsApi(control: ControlApi, rules: RuleRegistry, account: string): void {
  function find({ Name, EventBusName = BUS }: OfRule): Rule {
    onBus(EventBusName);
    const rule = rules.find(Name);
    if (!rule) throw new AwsError('ResourceNotFoundException', `Rule ${Name} does not exist on EventBus ${BUS}.`);
    return rule;
  }

  control.json('AWSEvents', {
    DescribeRule: (input: OfRule) => ({ ...description(find(input)), CreatedBy: account }),
    EnableRule: (input: OfRule) => rules.turn(find(input), 'ENABLED'),
    DisableRule: (input: OfRule) => rules.turn(find(input), 'DISABLED'),

    ListRules({ NamePrefix = '', Limit = PAGE, NextToken = '', EventBusName = BUS }: Listed) {
      onBus(EventBusName);
      // The token is the last name of the page before.
      const left = rules
        .all()
        .filter(({ name }) => name.startsWith(NamePrefix) && name > NextToken)
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = left.slice(0, Limit);
      return { Rules: page.map(description), ...(page.length < left.length && { NextToken: page.at(-1)?.name }) };
    },
  });
}

/** Throws as AWS does for a bus that is not there. A bus is named or given by its ARN. */
function onBus(nameOrArn: string): void {
  const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
  if (name !== BUS) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

const description = ({ name, arn, state, scheduleExpression, description: text }: Rule) => ({
  Name: name,
  Arn: arn,
  State: state,
  ScheduleExpression: scheduleExpression,
  ...(text !== undefined && { Description: text }),
  EventBusName: BUS,
});
