// Orders, stock and payment: the checkout that spans them, and its sagas.
import type { Page } from '../dashboard.ts';
import { graph, number } from '../panels.ts';
import { perSecond, perSecondBy, quantile, quantiles, share, slowestBy } from '../queries.ts';

const CHECKOUT = 'service="orders",method="POST",route="/orders/checkout/{order_id}"';
const SHOP = 'service=~"orders|stock|payment"';

export const orders: Page = {
  name: 'orders',
  title: 'Orders and checkout',
  description: 'A checkout reserves stock, charges the user and completes the order, or undoes all of it.',
  numbers: [
    number('Checkouts', perSecond(CHECKOUT), { unit: 'cps', description: 'Decided checkouts a second, paid or not.' }),
    number('Refused checkouts', share(`${CHECKOUT},status="400"`, CHECKOUT), {
      unit: 'percentunit',
      description: 'Out of stock or out of credit: the shop works, the customer goes without.',
    }),
    number('Slow checkouts', quantile(0.95, CHECKOUT), {
      unit: 's',
      description: '95 % are decided within this time.',
      orange: 0.5,
      red: 2,
    }),
    number('Open', 'sum(sagas{state=~"running|compensating"})', {
      unit: 'short',
      description: 'Sagas on their way. What a crash left is undone by the reconciler within a minute.',
      orange: 50,
    }),
    number('Parked', 'sagas{state="parked"}', {
      unit: 'short',
      description: 'The reconciler gave up: somebody has to look at GET /orders/sagas.',
      red: 1,
    }),
  ],
  graphs: [
    graph('Checkouts by answer', [perSecondBy('status', CHECKOUT)], {
      unit: 'cps',
      description: '200 paid, 400 refused and undone.',
      stacked: true,
    }),
    graph('Time of a checkout', quantiles(CHECKOUT), {
      unit: 's',
      description: 'From the start of the execution until it was decided.',
      orange: 0.5,
    }),
    graph('Sagas that are not finished', [{ expr: 'sagas{state=~"running|compensating|parked"}', legend: '{{state}}' }], {
      unit: 'short',
      description: 'Compensating for long: a participant is away.',
      stacked: true,
    }),
    graph('Requests by service', [perSecondBy('service', SHOP)], {
      unit: 'reqps',
      description: 'Orders, stock and payment.',
      stacked: true,
    }),
    graph('Slow requests by service', [slowestBy('service', SHOP)], {
      unit: 's',
      description: '95 % are answered within this time.',
      orange: 0.5,
    }),
  ],
};
