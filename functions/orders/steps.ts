// What the state machine asks of orders: how a saga begins, and how it ends.
import * as z from 'zod';
import { type CountRequest, countRequest } from '../shared/metrics/requests.ts';
import { acceptedRequestId, inRequest, requestId } from '../shared/request-context.ts';
import { task } from '../shared/task.ts';
import { nameRequest } from '../shared/tracing/span.ts';
import { carrier } from '../shared/tracing/trace-context.ts';
import { type Beginning, checkout } from './checkout.ts';
import { counted } from './checkout-count.ts';
import type { SagaRepository } from './saga-repository.ts';

const SagaId = z.object({ orderId: z.string(), attempt: z.int() });
/** Absent in executions that an older machine has begun. */
const Started = z.object({ startedAt: z.coerce.date().optional() });
/** What came from outside: the id of the request is the client's where it may be, else the gateway's. */
const Request = Started.extend({ orderId: z.string(), key: z.string(), sentRequestId: z.string(), execution: z.string() });
const Steps = z.object({
  reserve: z.object({ state: z.string(), refused_item: z.string().nullable() }).optional(),
  charge: z.object({ state: z.string() }).optional(),
});

/** The steps after this one continue its trace; the machine's definition wants the field also where there is none. */
const traced = (begun: Beginning) => ({ ...begun, traceparent: carrier().traceparent ?? '' });

export function checkoutSteps(sagas: SagaRepository, count: CountRequest = countRequest) {
  const saga = checkout(sagas);
  return {
    begin: task(Request, ({ sentRequestId, startedAt, ...request }) => {
      const id = acceptedRequestId(sentRequestId, requestId());
      nameRequest(id);
      const begin = async () => traced(await saga.begin({ ...request, requestId: id }));
      return inRequest({ requestId: id }, () =>
        counted(count, startedAt, begin, (begun) => (begun.outcome === 'answered' ? begun.decision.answer : undefined)),
      );
    }),
    complete: task(SagaId.extend(Started.shape), ({ startedAt, ...id }) =>
      counted(
        count,
        startedAt,
        () => saga.complete(id, requestId()),
        ({ answer }) => answer,
      ),
    ),
    abort: task(Started.extend({ saga: SagaId, steps: Steps }), ({ startedAt, saga: id, steps }) =>
      counted(
        count,
        startedAt,
        () => saga.abort(id, steps, requestId()),
        ({ answer }) => answer,
      ),
    ),
    close: task(SagaId, (id) => saga.close(id)),
  };
}
