// Every route of the application, by system: for the edge, the API documentation and the tests that ask for all of them.
import { checkoutRoutes, ordersRoutes } from './orders/routes.ts';
import { paymentRoutes } from './payment/routes.ts';
import { picturesRoutes } from './pictures/routes.ts';
import type { RouteTable } from './shared/http/route.ts';
import { statusRoutes } from './status/routes.ts';
import { stockRoutes } from './stock/routes.ts';

export const systems: Readonly<Record<string, RouteTable>> = {
  status: statusRoutes,
  pictures: picturesRoutes,
  orders: { ...ordersRoutes, ...checkoutRoutes },
  stock: stockRoutes,
  payment: paymentRoutes,
};
