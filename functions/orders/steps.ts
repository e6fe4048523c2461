// What the state machine asks of orders: how a saga begins, and how it ends.
import * as z from 'zod';
import { acceptedRequestId, inRequest, requestId } from '../shared/request-context.ts';
import { task } from '../shared/task.ts';
import { checkout } from './checkout.ts';
import type { SagaRepository } from './saga-repository.ts';

const SagaId = z.object({ orderId: z.string(), attempt: z.int() });
/** What came from outside: the id of the request is the client's where it may be, else the gateway's. */
const Request = z.object({ orderId: z.string(), key: z.string(), sentRequestId: z.string(), execution: z.string() });
const Steps = z.object({
  reserve: z.object({ state: z.string(), refused_item: z.string().nullable() }).optional(),
  charge: z.object({ state: z.string() }).optional(),
});

export function checkoutSteps(sagas: SagaRepository) {
  const saga = checkout(sagas);
  return {
    begin: task(Request, ({ sentRequestId, ...request }) => {
      const id = acceptedRequestId(sentRequestId, requestId());
      return inRequest({ requestId: id }, () => saga.begin({ ...request, requestId: id }));
    }),
    complete: task(SagaId, (id) => saga.complete(id, requestId())),
    abort: task(z.object({ saga: SagaId, steps: Steps }), ({ saga: id, steps }) => saga.abort(id, steps, requestId())),
    close: task(SagaId, (id) => saga.close(id)),
  };
}
