// Orders, stock and payment: three services, and the saga that runs over them.
import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { checkoutRoutes, ordersRoutes } from '../../functions/orders/routes.ts';
import { paymentRoutes } from '../../functions/payment/routes.ts';
import { stockRoutes } from '../../functions/stock/routes.ts';
import { businessAlarm, METRICS_NAMESPACE } from '../constructs/business-alarm.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { stateMachineIntegration } from '../constructs/state-machine-integration.ts';
import { CheckoutSaga } from './checkout-saga.ts';
import { Service, type ServiceProps } from './service.ts';

export type OrdersProps = Omit<ServiceProps, 'name' | 'routes'>;

export class Orders extends Construct {
  /** Tells `/metrics` its gauges. */
  readonly collector: ServiceFunction;

  constructor(scope: Construct, id: string, props: OrdersProps) {
    super(scope, id);
    const orders = new Service(this, 'Orders', { ...props, name: 'orders', routes: ordersRoutes });
    const stock = new Service(this, 'Stock', { ...props, name: 'stock', routes: stockRoutes });
    const payment = new Service(this, 'Payment', { ...props, name: 'payment', routes: paymentRoutes });
    this.collector = orders.function;
    orders.grantAsk('STOCK_FUNCTION', stock);
    orders.grantAsk('PAYMENT_FUNCTION', payment);
    orders.function.addEnvironment('METRICS_NAMESPACE', METRICS_NAMESPACE);

    const { alarms } = props.platform;
    const { machine } = new CheckoutSaga(this, 'Checkout', {
      orders: orders.function,
      stock: stock.function,
      payment: payment.function,
      alarms,
    });
    const { method, path } = checkoutRoutes.checkout;
    const { integration, methodOptions } = stateMachineIntegration(this, {
      machine,
      input: { orderId: 'order_id', key: 'Idempotency-Key', sentRequestId: 'x-request-id' },
      failure: { statusCode: 400, body: 'Requests error' },
    });
    props.api.root.resourceForPath(path).addMethod(method, integration, methodOptions);

    const runs = (action: string) => [new LambdaFunction(orders.function, { event: RuleTargetInput.fromObject({ action }) })];
    new Rule(this, 'Reconcile', { schedule: Schedule.rate(Duration.minutes(1)), targets: runs('reconcile') });
    new Rule(this, 'Audit', { schedule: Schedule.rate(Duration.minutes(15)), targets: runs('audit') });
    const alarm = (metricName: string, impact: string) =>
      businessAlarm(this, { service: 'orders', metricName, impact, period: Duration.minutes(15), alarms });
    alarm('SagasParked', 'money or items of a checkout that failed are not given back');
    alarm('AuditProblems', 'the books of orders, stock and payment contradict each other');
  }
}
