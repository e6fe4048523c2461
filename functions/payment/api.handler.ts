import { randomUUID } from 'node:crypto';
import { database } from '../shared/database.ts';
import { httpHandler } from '../shared/http/handler.ts';
import { textShapes } from '../shared/http/text-shapes.ts';
import { attempt } from '../shared/idempotency.ts';
import { serviceHandler } from '../shared/task.ts';
import { paymentRepository } from './repository.ts';
import { paymentRoutes as routes } from './routes.ts';
import { paymentService } from './service.ts';
import { paymentSteps } from './steps.ts';

const payment = database();
const service = paymentService({ database: payment, users: paymentRepository(payment) });

const http = httpHandler(
  routes,
  {
    createUser: (request) => service.createUser(randomUUID(), attempt(routes.createUser, request, new Date())),
    batchInit: (request) => service.batchInit(request.path.n, request.path.starting_money, attempt(routes.batchInit, request, new Date())),
    findUser: ({ path }) => service.findUser(path.user_id),
    addFunds: (request) => service.addFunds(request.path.user_id, request.path.amount, attempt(routes.addFunds, request, new Date())),
    pay: (request) => service.pay(request.path.user_id, request.path.amount, attempt(routes.pay, request, new Date())),
  },
  textShapes,
);

export const handler = serviceHandler(http, paymentSteps(payment));
