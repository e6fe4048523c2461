// What is watched of that which all functions share: the account's room for environments, and the way out of the network.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnNatGateway, type IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { alarm } from '../constructs/alarm.ts';

/** Percent of what the account may run at once. */
const NEAR_QUOTA = 80;

/** No function reserves any for itself: what one takes, the others have not. */
export const claimedConcurrency = () =>
  new Metric({ namespace: 'AWS/Lambda', metricName: 'ClaimedAccountConcurrency', statistic: 'Maximum', period: Duration.minutes(1) });

/**
 * Against the quota that the account has at that moment: 1,000 by default, a new account as few as 10. CloudWatch knows it for the metric that Service
 * Quotas names as the usage of "Concurrent executions", which is this one of Lambda's own, without dimensions, and none of `AWS/Usage`.
 */
const shareOfQuota = () =>
  new MathExpression({
    expression: '100 * running / SERVICE_QUOTA(running)',
    usingMetrics: {
      running: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'ConcurrentExecutions',
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
    },
    label: 'percent of the quota',
    period: Duration.minutes(1),
  });

export function watchConcurrency(scope: Construct, alarms: ITopic): void {
  alarm(scope, 'Concurrency', {
    name: 'account-concurrency',
    what: `Lambda runs more than ${NEAR_QUOTA} % of the environments that the account may run at once`,
    impact: 'soon functions of all systems are throttled: requests fail, queues wait',
    runbook: 'account-concurrency',
    metric: shareOfQuota(),
    threshold: NEAR_QUOTA,
    periods: 5,
    bad: 3,
    alarms,
  });
}

/** Of gateways; an instance that stands in for one tells no such thing. */
export function watchNat(scope: Construct, vpc: IVpc, alarms: ITopic): void {
  const gateways = vpc.node.findAll().filter((construct) => construct instanceof CfnNatGateway);
  for (const [index, gateway] of gateways.entries()) {
    const number = index + 1;
    alarm(scope, `NatPorts${number}`, {
      name: `nat-ports-${number}`,
      what: `NAT gateway ${number} has no free port for new connections to some address`,
      impact: 'calls of functions to AWS and to the upstream of cats fail',
      runbook: 'nat',
      metric: new Metric({
        namespace: 'AWS/NATGateway',
        metricName: 'ErrorPortAllocation',
        dimensionsMap: { NatGatewayId: gateway.ref },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      alarms,
    });
  }
}
