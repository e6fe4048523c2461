// Every route of the application, by system: for the edge, the API documentation and the tests that ask for all of them.
import { catsRoutes } from './cats/routes.ts';
import { messagesRoutes } from './messages/routes.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { checkoutRoutes, ordersRoutes } from './orders/routes.ts';
import { paymentRoutes } from './payment/routes.ts';
import { picturesRoutes } from './pictures/routes.ts';
import type { RouteTable } from './shared/http/route.ts';
import { statusRoutes } from './status/routes.ts';
import { stockRoutes } from './stock/routes.ts';
import { workersRoutes } from './workers/routes.ts';

export const systems: Readonly<Record<string, RouteTable>> = {
  status: statusRoutes,
  pictures: picturesRoutes,
  messages: messagesRoutes,
  orders: { ...ordersRoutes, ...checkoutRoutes },
  stock: stockRoutes,
  payment: paymentRoutes,
  cats: catsRoutes,
  workers: workersRoutes,
  metrics: metricsRoutes,
};
