import * as z from 'zod';
import { database } from '../shared/database.ts';
import { forgetExpired } from '../shared/idempotency.ts';
import { task, taskHandler } from '../shared/task.ts';
import { paymentLedger } from './ledger.ts';

const payment = database();
const ledger = paymentLedger(payment);
const Saga = z.object({ sagaId: z.string() });

export const handler = taskHandler({
  charge: task(Saga.extend({ userId: z.string(), amount: z.int().nonnegative() }), ({ sagaId, userId, amount }) =>
    ledger.charge(sagaId, userId, amount),
  ),
  refund: task(Saga, ({ sagaId }) => ledger.refund(sagaId)),
  history: task(z.object({ sagaIds: z.array(z.string()).min(1) }), ({ sagaIds }) => ledger.ofSagas(sagaIds)),
  tidy: task(z.object({}), async () => (await forgetExpired(payment, new Date())) ?? null),
  audit: task(z.object({ until: z.coerce.date(), open: z.array(z.string()) }), ({ until, open }) => ledger.audit(until, open)),
});
