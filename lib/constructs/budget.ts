// What a stage may cost in a month, by the tags that every resource of it has.
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';

export interface MonthlyBudgetProps {
  readonly stage: Stage;
  readonly usd: number;
  readonly topic: ITopic;
}

/**
 * Of the budget. A forecast comes first, but an account younger than a billing cycle has none: there what was spent has to tell before all of it is
 * gone. Five are the most that a budget takes.
 */
const TOLD = [
  ['FORECASTED', 80],
  ['ACTUAL', 80],
  ['ACTUAL', 100],
] as const;

/** Counts only from the day on which `application` and `stage` were activated as cost allocation tags, in the account that pays. */
export function monthlyBudget(scope: Construct, id: string, { stage, usd, topic }: MonthlyBudgetProps): CfnBudget {
  const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
  const tagged = (key: string, value: string) => ({ tags: { key, values: [value], matchOptions: ['EQUALS'] } });
  const budget = new CfnBudget(scope, id, {
    budget: {
      // Without a name: whatever changes of its notices makes another budget, before this one goes, and names are the account's.
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: usd, unit: 'USD' },
      // The older filter by tags takes any of several; both are meant.
      filterExpression: { and: [tagged('application', 'stackyard'), tagged('stage', stage)] },
      metrics: ['UnblendedCost'],
    },
    notificationsWithSubscribers: TOLD.map(([notificationType, threshold]) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers,
    })),
  });
  // Budgets sends a try to the topic when it is made.
  budget.node.addDependency(topic);
  return budget;
}
