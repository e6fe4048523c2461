// Who hears of alarms, how they get through, and what a month may cost.
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { type Config, configOf, withEmail } from '../../lib/config.ts';
import { AlertsStack } from '../../lib/stacks/alerts.ts';
import { stackOf, synthesizedFrom, testApp } from './stage.ts';

const prod = stackOf('prod', 'alerts');

test('the budget counts what has both tags, and tells at 80 % forecast, 80 % spent and all of it spent', () => {
  const tag = (Key: string, Values: string[]) => ({ Tags: { Key, Values, MatchOptions: ['EQUALS'] } });
  const told = (NotificationType: string, Threshold: number) =>
    Match.objectLike({
      Notification: { NotificationType, Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
      Subscribers: [{ SubscriptionType: 'SNS', Address: { Ref: Match.stringLikeRegexp('^Alarms') } }],
    });
  prod.hasResourceProperties('AWS::Budgets::Budget', {
    Budget: {
      // A change of its notices is another budget, beside the one before: both cannot have one name.
      BudgetName: Match.absent(),
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: configOf('prod').alerts.monthlyBudgetUsd, Unit: 'USD' },
      FilterExpression: { And: [tag('application', ['stackyard']), tag('stage', ['prod'])] },
      // Without a metric Budgets makes a budget that counts nothing.
      Metrics: ['UnblendedCost'],
    },
    NotificationsWithSubscribers: [told('FORECASTED', 80), told('ACTUAL', 80), told('ACTUAL', 100)],
  });
});

/** Whether somebody hears before a budget is spent though nothing can be forecast yet: accounts younger than a billing cycle have no forecast. */
const warnsWithoutForecast = (notices: readonly Notice[]): boolean =>
  notices.some(({ Notification: { NotificationType, Threshold } }) => NotificationType === 'ACTUAL' && Threshold < 100);

interface Notice {
  readonly Notification: { readonly NotificationType: string; readonly Threshold: number };
}

test.each(['dev', 'prod', 'minimal'])(
  'the first month of %s is told of before its budget is spent; one without a notice would be found',
  (stage) => {
    const [budget] = Object.values(stackOf(stage, 'alerts').findResources('AWS::Budgets::Budget'));
    const notices = budget?.Properties.NotificationsWithSubscribers as Notice[];

    expect(warnsWithoutForecast(notices)).toBe(true);
    expect(warnsWithoutForecast(notices.filter(({ Notification: { Threshold } }) => Threshold === 100))).toBe(false);
    expect(warnsWithoutForecast(notices.filter(({ Notification }) => Notification.NotificationType === 'FORECASTED'))).toBe(false);
    // AWS takes five of a budget.
    expect(notices.length).toBeLessThanOrEqual(5);
  },
);

/** Those of CloudWatch and Budgets whose notifications the topic or its key would refuse: without a word to anybody. */
function unheard({ Resources }: { Resources: Record<string, Resource> }): string[] {
  const statements = (type: string, policy: 'PolicyDocument' | 'KeyPolicy') =>
    Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? (Properties[policy]?.Statement ?? []) : []));
  const allowed = (all: readonly Statement[], service: string, action: string) =>
    all.some(
      ({ Effect, Principal, Action, Condition }) =>
        Effect === 'Allow' &&
        [Principal.Service ?? []].flat().includes(service) &&
        [Action].flat().includes(action) &&
        JSON.stringify(Condition?.StringEquals) === '{"aws:SourceAccount":{"Ref":"AWS::AccountId"}}',
    );
  return ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'].filter(
    (service) =>
      !allowed(statements('AWS::SNS::TopicPolicy', 'PolicyDocument'), service, 'sns:Publish') ||
      !allowed(statements('AWS::KMS::Key', 'KeyPolicy'), service, 'kms:GenerateDataKey*') ||
      !allowed(statements('AWS::KMS::Key', 'KeyPolicy'), service, 'kms:Decrypt'),
  );
}

interface Statement {
  readonly Effect: string;
  readonly Principal: { readonly Service?: string | string[] };
  readonly Action: string | string[];
  readonly Condition?: { readonly StringEquals?: unknown };
}
interface Resource {
  readonly Type: string;
  readonly Properties: Partial<Record<'PolicyDocument' | 'KeyPolicy', { Statement: Statement[] }>>;
}

test('CloudWatch and Budgets may publish to the topic and use its key, for this account', () => {
  expect(unheard(prod.toJSON() as Parameters<typeof unheard>[0])).toEqual([]);
  prod.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
  prod.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
});

test('a topic or a key that refuses one of them would be found', () => {
  const { Resources } = structuredClone(prod.toJSON()) as Parameters<typeof unheard>[0];
  for (const { Properties } of Object.values(Resources)) Properties.KeyPolicy?.Statement.pop();
  expect(unheard({ Resources })).toHaveLength(2);
});

test('nobody publishes without TLS', () => {
  prod.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]),
    },
  });
});

test('an address that the stage names hears of everything', () => {
  prod.resourceCountIs('AWS::SNS::Subscription', 0);
  const { alerts } = synthesizedFrom(withEmail(configOf('dev'), 'ops@example.org'));
  alerts?.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ops@example.org' });
});

const warningsOf = (config: Config): string[] =>
  Annotations.fromStack(new AlertsStack(testApp(), 'alerts', { config }))
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));

test.each(['dev', 'prod', 'minimal'])('whoever deploys %s without an address is told that nobody hears of anything', (stage) => {
  const config = configOf(stage);

  expect(warningsOf(withEmail(config, undefined))).toEqual([
    expect.stringContaining(`Nobody hears of alarms or of the budget of ${stage}`),
  ]);
  expect(warningsOf(withEmail(config, 'ops@example.org'))).toEqual([]);
});

test.each(['local', 'localstack'])('%s rings nobody, and says nothing of it', (stage) => {
  expect(warningsOf(configOf(stage))).toEqual([]);
});

test('an emulator has no bill', () => {
  stackOf('localstack', 'alerts').resourceCountIs('AWS::Budgets::Budget', 0);
});
