// Orders, stock and payment: three services, and the saga that runs over them.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { checkoutRoutes, ordersRoutes } from '../../functions/orders/routes.ts';
import { paymentRoutes } from '../../functions/payment/routes.ts';
import { stockRoutes } from '../../functions/stock/routes.ts';
import { type Platform, ServiceFunction } from '../constructs/service-function.ts';
import { stateMachineIntegration } from '../constructs/state-machine-integration.ts';
import { CheckoutSaga } from './checkout-saga.ts';
import { Participant, type ParticipantProps } from './participant.ts';

export type OrdersProps = Omit<ParticipantProps, 'service' | 'routes'>;

const METRICS_NAMESPACE = 'stackyard';

export class Orders extends Construct {
  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id);
    const { platform, data, api, operations } = props;
    const orders = new Participant(this, 'Orders', { ...props, service: 'orders', routes: ordersRoutes });
    const stock = new Participant(this, 'Stock', { ...props, service: 'stock', routes: stockRoutes });
    const payment = new Participant(this, 'Payment', { ...props, service: 'payment', routes: paymentRoutes });

    const { machine } = new CheckoutSaga(this, 'Checkout', {
      orders: orders.steps,
      stock: stock.steps,
      payment: payment.steps,
      alarms: platform.alarms,
    });
    const { method, path } = checkoutRoutes.checkout;
    const { integration, methodOptions } = stateMachineIntegration(this, {
      machine,
      input: { orderId: 'order_id', key: 'Idempotency-Key', sentRequestId: 'x-request-id' },
      failure: { statusCode: 400, body: 'Requests error' },
    });
    api.root.resourceForPath(path).addMethod(method, integration, methodOptions);

    const reconciler = new ServiceFunction(this, 'Reconciler', platform, {
      entry: 'orders/reconciler',
      timeout: Duration.seconds(50),
      memorySize: 512,
      monitoring: { impact: 'sagas that a crash cut short stay half done' },
    });
    data.database.grantSchema('orders', reconciler);
    reconciler.node.addDependency(operations.migrations);
    reconciler.addEnvironment('METRICS_NAMESPACE', METRICS_NAMESPACE);
    for (const fn of [orders.apiFunction, reconciler]) {
      grantParticipant(fn, 'STOCK_STEPS', stock.steps);
      grantParticipant(fn, 'PAYMENT_STEPS', payment.steps);
    }
    const runs = (task: string) => [new LambdaFunction(reconciler, { event: RuleTargetInput.fromObject({ task }) })];
    new Rule(this, 'Reconcile', { schedule: Schedule.rate(Duration.minutes(1)), targets: runs('reconcile') });
    new Rule(this, 'Audit', { schedule: Schedule.rate(Duration.minutes(15)), targets: runs('audit') });
    alarmOn(this, platform, 'SagasParked', 'money or items of a checkout that failed are not given back');
    alarmOn(this, platform, 'AuditProblems', 'the books of orders, stock and payment contradict each other');
  }
}

/** The call of another service's steps: name and permission together. */
function grantParticipant(fn: ServiceFunction, variable: string, steps: ServiceFunction): void {
  steps.grantInvoke(fn);
  fn.addEnvironment(variable, steps.functionName);
}

function alarmOn(scope: Construct, { alarms }: Platform, metricName: string, impact: string): void {
  new Alarm(scope, `${metricName}Alarm`, {
    alarmDescription: `${metricName}. Impact: ${impact}`,
    metric: new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { service: 'orders' },
      statistic: 'Maximum',
      period: Duration.minutes(15),
    }),
    threshold: 0,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  }).addAlarmAction(new SnsAction(alarms));
}
