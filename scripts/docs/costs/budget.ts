// The budget of a stage, as its template has it.
import { ofType, type Resource } from './resource.ts';

export interface Budget {
  readonly usd: number;
  /** A month that is forecast to cost so much is told. */
  readonly forecastUsd: number;
  /** The first notice of what was spent: all there is where nothing can be forecast. */
  readonly spentUsd: number;
}

interface Told {
  readonly Notification: { readonly NotificationType: string; readonly Threshold: number };
}

/** @throws for a stage without one */
export function budgetOf(resources: readonly Resource[]): Budget {
  const [budget] = ofType(resources, 'AWS::Budgets::Budget');
  if (!budget) throw new Error('The stage has no budget');
  const { Budget: limit, NotificationsWithSubscribers: told } = budget.properties;
  const usd = Number(limit.BudgetLimit.Amount);
  const first = (type: string) =>
    Math.min(
      100,
      ...(told as Told[]).flatMap(({ Notification }) => (Notification.NotificationType === type ? [Notification.Threshold] : [])),
    );
  return { usd, forecastUsd: (usd * first('FORECASTED')) / 100, spentUsd: (usd * first('ACTUAL')) / 100 };
}
