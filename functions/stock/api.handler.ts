import { randomUUID } from 'node:crypto';
import { database } from '../shared/database.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { textShapes } from '../shared/http/text-shapes.ts';
import { attempt } from '../shared/idempotency.ts';
import { serviceHandler } from '../shared/task.ts';
import { stockRepository } from './repository.ts';
import { stockRoutes as routes } from './routes.ts';
import { stockService } from './service.ts';
import { stockSteps } from './steps.ts';

const stock = database();
const items = stockRepository(stock);
const service = stockService({ database: stock, items });

const http = httpHandler(
  routes,
  {
    createItem: (request) => service.createItem(randomUUID(), request.path.price, attempt(routes.createItem, request, new Date())),
    batchInit: (request) => {
      const { n, starting_stock, item_price } = request.path;
      return service.batchInit(n, starting_stock, item_price, attempt(routes.batchInit, request, new Date()));
    },
    find: ({ path }) => service.find(path.item_id),
    add: (request) => service.add(request.path.item_id, request.path.amount, attempt(routes.add, request, new Date())),
    subtract: (request) => service.subtract(request.path.item_id, request.path.amount, attempt(routes.subtract, request, new Date())),
  },
  textShapes,
);

export const handler = serviceHandler(http, stockSteps(stock, items));
