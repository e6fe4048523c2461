// Checkouts that Step Functions did not even begin: no metric of its own tells of them, as there is no execution, and no function was called.
//
// `AWS/States` counts throttled transitions of states, which Express workflows do not have. A start that is refused (the role may not, the quota is
// used up) comes back to API Gateway as 4xx or 5xx, and the client gets the same 400 as for an execution that failed: only the access log has both.
import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Stage } from '../config.ts';
import { alarm } from '../constructs/alarm.ts';
import { metricsNamespace } from '../constructs/business-alarm.ts';

export const CHECKOUT_ROUTE = '/orders/checkout/{order_id}';
export const CHECKOUTS_REFUSED = 'CheckoutsRefused';

/**
 * One client can hardly be refused: what it sends is escaped into the input, and what API Gateway itself turns away reaches no integration. If one
 * finds a way, it and its repetitions are a few in a quarter of an hour; a fault of ours refuses everybody.
 */
const FEW = 3;

/** Both names of what the integration answered: one is documented for Lambda functions, the other for all integrations. */
const refused = ['functionStatus', 'integrationStatus'].flatMap((field) => ['4*', '5*'].map((status) => `($.${field} = "${status}")`));

export const checkoutsRefused = (stage: Stage, period = Duration.minutes(5)) =>
  new Metric({ namespace: metricsNamespace(stage), metricName: CHECKOUTS_REFUSED, statistic: 'Sum', period });

export interface CheckoutRefusals {
  readonly stage: Stage;
  readonly accessLog: ILogGroup;
  readonly alarms: ITopic;
}

export function watchCheckoutRefusals(scope: Construct, { stage, accessLog, alarms }: CheckoutRefusals): void {
  new MetricFilter(scope, CHECKOUTS_REFUSED, {
    logGroup: accessLog,
    filterPattern: FilterPattern.literal(`{ ($.route = "${CHECKOUT_ROUTE}") && (${refused.join(' || ')}) }`),
    metricNamespace: metricsNamespace(stage),
    metricName: CHECKOUTS_REFUSED,
    metricValue: '1',
  });
  alarm(scope, `${CHECKOUTS_REFUSED}Alarm`, {
    name: 'orders-checkout-refused',
    what: `Step Functions has refused to begin more than ${FEW} checkouts in a quarter of an hour`,
    impact: 'customers cannot check out; nothing of theirs was taken',
    runbook: 'checkout',
    metric: checkoutsRefused(stage, Duration.minutes(15)),
    threshold: FEW,
    alarms,
  });
}
