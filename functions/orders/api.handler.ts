import { randomUUID } from 'node:crypto';
import { lambda } from '../shared/aws.ts';
import { database } from '../shared/database.ts';
import { env } from '../shared/env.ts';
import { json } from '../shared/http/answer.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { textShapes } from '../shared/http/text-shapes.ts';
import { attempt, idempotently } from '../shared/idempotency.ts';
import { gaugesTask } from '../shared/metrics/gauges.ts';
import { serviceHandler } from '../shared/task.ts';
import { audit } from './audit.ts';
import { sagaGauges } from './gauges.ts';
import { orderRepository } from './order-repository.ts';
import { participants as participantsOf } from './participants.ts';
import { reconcile } from './reconcile.ts';
import { ordersRoutes as routes } from './routes.ts';
import { sagaRepository } from './saga-repository.ts';
import { ordersService } from './service.ts';
import { checkoutSteps } from './steps.ts';
import { upkeep } from './upkeep.ts';

const orders = database();
const sagas = sagaRepository(orders);
const participants = participantsOf(lambda(), { stock: env('STOCK_FUNCTION'), payment: env('PAYMENT_FUNCTION') });
const service = ordersService({ database: orders, orders: orderRepository(orders), sagas, participants });

const http = httpHandler(
  routes,
  {
    create: (request) => service.create(randomUUID(), request.path.user_id, attempt(routes.create, request, new Date())),
    batchInit: (request) => {
      const { n, n_items, n_users, item_price } = request.path;
      return service.batchInit(n, n_items, n_users, item_price, attempt(routes.batchInit, request, new Date()));
    },
    find: ({ path }) => service.find(path.order_id),
    addItem: (request) => {
      const { order_id, item_id, quantity } = request.path;
      return service.addItem(order_id, item_id, quantity, attempt(routes.addItem, request, new Date()));
    },
    saga: ({ path }) => service.saga(path.order_id),
    sagas: ({ query }) => service.list(query.state, query.limit),
    audit: async () => json(await audit({ orders, participants })),
    reconcile: (request) =>
      idempotently(orders, attempt(routes.reconcile, request, new Date()), async () => json(await reconcile({ sagas, participants }))),
    replay: (request) => service.replay(request.path.order_id, attempt(routes.replay, request, new Date())),
  },
  textShapes,
);

export const handler = serviceHandler(http, {
  ...checkoutSteps(sagas),
  ...upkeep({ orders, sagas, participants }),
  ...gaugesTask(sagaGauges(sagas)),
});
