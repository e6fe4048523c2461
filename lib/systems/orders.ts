// Orders, stock and payment: three services, and the saga that runs over them.
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkoutRoutes, ordersRoutes } from '../../functions/orders/routes.ts';
import { paymentRoutes } from '../../functions/payment/routes.ts';
import { stockRoutes } from '../../functions/stock/routes.ts';
import type { Stage } from '../config.ts';
import { businessAlarm, silenceAlarm } from '../constructs/business-alarm.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { watchSchedule } from '../constructs/source-alarms.ts';
import { stateMachineIntegration } from '../constructs/state-machine-integration.ts';
import { CheckoutSaga } from './checkout-saga.ts';
import { Service, type ServiceProps } from './service.ts';

export type OrdersProps = Omit<ServiceProps, 'name' | 'routes'>;

export class Orders extends Construct {
  /** Tells `/metrics` its gauges. */
  /** By service. */
  readonly logs: Readonly<Record<string, ILogGroup>>;
  readonly collector: ServiceFunction;
  readonly checkout: StateMachine;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id);
    const orders = new Service(this, 'Orders', { ...props, name: 'orders', routes: ordersRoutes });
    const stock = new Service(this, 'Stock', { ...props, name: 'stock', routes: stockRoutes });
    const payment = new Service(this, 'Payment', { ...props, name: 'payment', routes: paymentRoutes });
    this.collector = orders.function;
    this.logs = { Orders: orders.function.logGroup, Stock: stock.function.logGroup, Payment: payment.function.logGroup };
    const { alarms, config } = props.platform;
    const { stage, data } = config;
    orders.grantAsk('STOCK_FUNCTION', stock);
    orders.grantAsk('PAYMENT_FUNCTION', payment);

    const { machine } = new CheckoutSaga(this, 'Checkout', {
      orders: orders.function.live,
      stock: stock.function.live,
      payment: payment.function.live,
      logRetentionDays: config.functions.logRetentionDays,
      alarms,
    });
    this.checkout = machine;
    const { method, path } = checkoutRoutes.checkout;
    const { integration, methodOptions } = stateMachineIntegration(this, {
      machine,
      input: { orderId: 'order_id', key: 'Idempotency-Key', sentRequestId: 'x-request-id', traceparent: 'traceparent' },
      emulated: data.kind === 'external',
      failure: { statusCode: 400, body: 'Requests error' },
    });
    props.api.root.resourceForPath(path).addMethod(method, integration, methodOptions);

    const runs = (action: string) => [new LambdaFunction(orders.function.live, { event: RuleTargetInput.fromObject({ action }) })];
    const reconcile = new Rule(this, 'Reconcile', { schedule: Schedule.rate(Duration.minutes(1)), targets: runs('reconcile') });
    const audit = new Rule(this, 'Audit', { schedule: Schedule.rate(Duration.minutes(15)), targets: runs('audit') });
    this.watchUpkeep({ stage, alarms });
    watchSchedule(reconcile, { name: 'orders-reconcile', impact: 'checkouts that a crash cut short stay undecided', alarms });
    watchSchedule(audit, { name: 'orders-audit', impact: 'nobody compares the books of orders, stock and payment', alarms });
  }

  /** What must never be so, and that somebody looks at all. */
  private watchUpkeep(common: { readonly stage: Stage; readonly alarms: ITopic }): void {
    const period = Duration.minutes(15);
    businessAlarm(this, {
      ...common,
      metricName: 'SagasParked',
      what: 'A checkout that failed could not be undone in eight tries',
      impact: 'money or items of a checkout that failed are not given back',
      runbook: 'sagas-parked',
      period,
    });
    businessAlarm(this, {
      ...common,
      metricName: 'AuditProblems',
      what: 'The books of orders, stock and payment contradict each other',
      impact: 'money or items were lost or made from nothing',
      runbook: 'audit-problems',
      period,
    });
    // Of the audit two runs in a row, of the reconciler fifteen.
    silenceAlarm(this, {
      ...common,
      metricName: 'AuditProblems',
      counts: 'any',
      what: 'The audit has not run for half an hour',
      impact: 'nobody would hear of money that is lost',
      runbook: 'upkeep-missing',
      period,
      periods: 2,
    });
    silenceAlarm(this, {
      ...common,
      metricName: 'SagasSettled',
      counts: 'any',
      what: 'The reconciler has not finished a run for a quarter of an hour',
      impact: 'checkouts that a crash cut short stay undecided, their money and items held',
      runbook: 'upkeep-missing',
      period: Duration.minutes(5),
      periods: 3,
    });
  }
}
